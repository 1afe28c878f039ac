import { describe, expect, it } from '@jest/globals';

import { contentReaderOf } from './content-facts.js';

/** What the reader of a name finds in a text; null where nothing is read. */
function hasCredential(name: string, text: string): boolean | null {
  const facts = contentReaderOf(name)?.parse(new TextEncoder().encode(text)) ?? null;
  return facts?.kind === 'text' ? facts.hasCredential : null;
}

const KEY = '0123456789abcdef'.repeat(8);

describe('secrets are found in', () => {
  it.each<[name: string, text: string]>([
    ['veracode.yml', `api:\n  key-id: ${KEY.slice(0, 32)}\n  key-secret: ${KEY}\n`],
    ['conf/veracode.yaml', `key-secret: "${KEY}"`],
    ['BOOT-INF/classes/application.properties', 'spring.datasource.username=shop\r\nspring.datasource.password=hunter2\r\n'],
    ['application-prod.properties', 'jwt.secret = a1b2c3d4e5f6'],
    ['applicationContext.properties', 'db.password=hunter2'],
    ['shop_dev.properties', 'db.password=hunter2'],
    ['gradle.properties', 'ossrhPassword=hunter2'],
    ['db.properties', 'url=jdbc:mysql://db/shop?user=shop&password=hunter2'],
    ['application.yml', 'spring:\n  datasource:\n    password: "hunter2" # of the shop'],
    ['bootstrap-dev.yaml', 'token: ghp_0123456789abcdef'],
    ['appsettings.json', '{ "ConnectionStrings": { "Shop": "Server=db;User Id=shop;Password=hunter2;" } }'],
    ['appsettings.Production.json', '{\n "Smtp": {"Password": "hunter2"} }'],
    ['AppSettings.json', '{"Auth:ClientSecret":"a1B2c3D4e5F6g7H8"}'],
    ['settings.py', "AWS_SECRET_ACCESS_KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEX4MPLEKEY'"],
    ['deploy.py', `os.environ["VERACODE_API_KEY_SECRET"] = "${KEY}"`],
  ])('%s: %j', (name, text) => {
    expect(hasCredential(name, text)).toBe(true);
  });
});

describe('none are found in', () => {
  it.each<[name: string, text: string]>([
    ['application.properties', 'spring.datasource.password=${DB_PASSWORD}\nspring.datasource.password=\nspring.datasource.password=@db.password@'],
    ['application.properties', 'spring.datasource.password=ENC(G6N718UuyPE5bHyWKyuLQSm02auQPUtm)\na.password={cipher}abc123\nb.password=#{systemProperties.x}'],
    ['application.properties', ['changeme', 'changeit', 'change-me', 'password', 'your-password', 'YOUR_PASSWORD_HERE', 'example', 'xxxxx', '*****', '<password>', 'TODO', 'dummy', 'null'].map((value) => `db.password=${value}`).join('\n')],
    ['application.properties', 'password.min-length=12\ntoken.lifetime=3600000000000000\nsecret.provider=com.acme.secrets.VaultProvider\nsession.token=3600'],
    ['application.properties', 'ssl.key-store-password=file:/run/secrets/store\napi.token=/run/secrets/token\ntoken=https://idp.example.org/token/v2'],
    ['application.properties', '# db.password=hunter2\nlogin.password=Your password\nlogin.password=Password:'],
    ['application.yml', 'password: ${DB_PASSWORD:}\ntoken: "{{ token }}"\nsecret: vault:secret/data/shop'],
    ['appsettings.json', '{ "Password": "", "ClientSecret": "<secret>", "Db": "Server=db;Integrated Security=true;Password={0};", "PasswordHint": "hunter22" }'],
    ['settings.py', 'AWS_SECRET_ACCESS_KEY = os.environ["AWS_SECRET_ACCESS_KEY"]\nAWS_SECRET_ACCESS_KEY = ""\nPASSWORD = "hunter2"\n'],
    ['settings.py', 'config = {"AWS_SECRET_ACCESS_KEY": "YOUR_SECRET_KEY"}'],
    ['a.properties', `${'password'.repeat(8000)}\n${'a.'.repeat(30_000)}=x\n`],
    ['appsettings.json', `${'"'.repeat(30_000)}${'"password'.repeat(4000)}`],
  ])('%s: %#', (name, text) => {
    expect(hasCredential(name, text)).toBe(false);
  });

  it.each(['messages.properties', 'ValidationMessages_de.properties', 'shop_en_GB.properties', 'i18n/shop.properties', 'package.json', 'docker-compose.yml'])('%s, which is not read', (name) => {
    expect(hasCredential(name, 'login.password=hunter2')).toBeNull();
  });
});
