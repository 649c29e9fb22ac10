// A process in front of the shared provider, that answers from memory what is asked again and again.
//
// Every plan asks the provider twice to validate its configuration, for which it checks all of its
// 1,500 schemas, and once for these schemas: 5 of the 7 CPU seconds of a plan (measured with
// terraform-provider-aws 5.100.0). Both answers depend on the question alone, so each question goes
// to the provider once; everything else passes through as it is.
//
//   node provider_front.mjs SOCKET_OF_THE_PROVIDER SOCKET_TO_LISTEN_ON
//
// It speaks gRPC's framing only (HTTP/2, trailers), and looks into no message. Sources, read 2026-11:
// https://grpc.github.io/grpc/core/md_doc__p_r_o_t_o_c_o_l-_h_t_t_p2.html
// https://github.com/hashicorp/terraform/blob/v1.11.4/docs/plugin-protocol/tfplugin5.8.proto

import http2 from 'node:http2';
import net from 'node:net';

const [upstream, listenOn] = process.argv.slice(2);
const REMEMBERED = new Set([
  '/tfplugin5.Provider/GetSchema',
  '/tfplugin5.Provider/PrepareProviderConfig',
]);
const settings = { initialWindowSize: 16 * 1024 * 1024 };
const { NGHTTP2_FLAG_END_STREAM, NGHTTP2_INTERNAL_ERROR } = http2.constants;

const provider = http2.connect('http://provider', {
  createConnection: () => net.connect(upstream),
  settings,
});
provider.on('error', () => process.exit(1));
provider.on('close', () => process.exit(0));

/** Passes one call through, both ways, as it comes. */
function pass(call, headers) {
  const asked = provider.request(headers);
  let trailers = {};
  asked.on('response', (answer, flags) => {
    if (call.destroyed) return;
    const ended = Boolean(flags & NGHTTP2_FLAG_END_STREAM);
    call.respond(answer, { endStream: ended, waitForTrailers: !ended });
    if (!ended) asked.pipe(call);
  });
  asked.on('trailers', (found) => (trailers = found));
  call.on('wantTrailers', () => call.sendTrailers(trailers));
  call.pipe(asked);
  for (const [one, other] of [[call, asked], [asked, call]]) {
    one.on('error', () => other.close(NGHTTP2_INTERNAL_ERROR));
    one.on('close', () => one.rstCode && other.close(one.rstCode));
  }
}

const remembered = new Map();

/** The provider's whole answer to a question, which is asked once; failed calls are not kept. */
function answerTo(headers, question) {
  const key = `${headers[':path']} ${question.toString('base64')}`;
  if (!remembered.has(key)) {
    const answer = ask(headers, question);
    remembered.set(key, answer);
    answer.then(
      ({ trailers }) => trailers['grpc-status'] === '0' || remembered.delete(key),
      () => remembered.delete(key),
    );
  }
  return remembered.get(key);
}

function ask(headers, question) {
  return new Promise((resolve, reject) => {
    const asked = provider.request(headers);
    const chunks = [];
    let first;
    let trailers = {};
    asked.on('response', (answer) => (first = answer));
    asked.on('trailers', (found) => (trailers = found));
    asked.on('data', (chunk) => chunks.push(chunk));
    asked.on('error', reject);
    asked.on('end', () => resolve({ first, body: Buffer.concat(chunks), trailers }));
    asked.end(question);
  });
}

function recall(call, headers) {
  const chunks = [];
  call.on('data', (chunk) => chunks.push(chunk));
  call.on('error', () => {});
  call.on('end', async () => {
    try {
      const { first, body, trailers } = await answerTo(headers, Buffer.concat(chunks));
      if (call.destroyed) return;
      call.respond(first, { waitForTrailers: true });
      call.on('wantTrailers', () => call.sendTrailers(trailers));
      call.end(body);
    } catch {
      call.close(NGHTTP2_INTERNAL_ERROR);
    }
  });
}

const server = http2.createServer({ settings });
server.on('stream', (call, headers) =>
  (REMEMBERED.has(headers[':path']) ? recall : pass)(call, headers),
);
server.on('sessionError', () => {});
server.listen(listenOn, () => console.log('ready'));
