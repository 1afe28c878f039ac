/** What a small text file tells about secrets in it; never the secret. */
export interface TextFacts {
  readonly kind: 'text';
  readonly hasPrivateKey: boolean;
  readonly hasCredential: boolean;
}

// Every repetition has an end, or can begin in one place only: the text may have been written to keep us busy.

/** The first line of a private key in any of its forms, and some of the key: a page about keys shows the line alone. */
const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----\r?\n(?:[A-Za-z-]{1,30}: [^\n]{0,200}\n|\r?\n){0,10}[A-Za-z0-9+/=]{20}/u;

/** Values that only credentials have, in the files that hold them. */
const CREDENTIALS: readonly RegExp[] = [
  /^\/\/[^\s=:]{1,200}:_(?:authToken|password)[ \t]?=[ \t]?[^\s$]/mu,
  /^[ \t]{0,8}aws_secret_access_key[ \t]{0,8}=[ \t]{0,8}\S/imu,
  /^[ \t]{0,8}veracode_api_key_secret[ \t]{0,8}=[ \t]{0,8}\S/imu,
  /^[ \t]{0,8}[A-Z0-9_]{0,60}(?:SECRET|PASSWORD|TOKEN|API_KEY)[A-Z0-9_]{0,60}[ \t]{0,8}=[ \t]{0,8}["']?[^\s"'$<{]{8}/mu,
  /^machine[ \t]{1,8}\S{1,200}\s[\s\S]{0,300}?\bpassword[ \t]{1,8}\S/mu,
  /^https?:\/\/[^\s:@/]{1,200}:[^\s:@/]{1,200}@/mu,
];

/** Looks for secrets in a text. Pure. */
export function readText(head: Uint8Array): TextFacts {
  const text = new TextDecoder().decode(head);
  return { kind: 'text', hasPrivateKey: PRIVATE_KEY.test(text), hasCredential: CREDENTIALS.some((pattern) => pattern.test(text)) };
}
