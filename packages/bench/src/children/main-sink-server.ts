import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';

/**
 * A TLS server that takes any body, throws it away and answers 200 with the same document. Arguments: certificate,
 * key, answer (files). Its first line on stdout is `{"port":…}`.
 */
const [certificateFile = '', keyFile = '', answerFile = ''] = process.argv.slice(2);
const [cert, key, answer] = await Promise.all([readFile(certificateFile), readFile(keyFile), readFile(answerFile)]);

const server = createServer({ cert, key }, (request, response) => {
  request.resume().once('end', () => {
    response.writeHead(200, { 'content-type': 'text/xml; charset=UTF-8', 'content-length': answer.byteLength }).end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(JSON.stringify({ port: typeof address === 'object' && address !== null ? address.port : null }));
});
