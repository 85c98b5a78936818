// The floor: a Worker that reads the body and sends it back.
export default {
  async fetch(request) {
    return new Response(await request.arrayBuffer(), { headers: { "Content-Type": "text/plain" } });
  },
};
