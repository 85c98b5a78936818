-- Sends one request again and again; at the end prints the figures as one line
-- of JSON. Arguments: method, file of the body.
function init(args)
  wrk.method = args[1]
  if args[1] == "POST" then
    local f = assert(io.open(args[2], "rb"))
    wrk.body = f:read("*a")
    f:close()
    wrk.headers["Content-Type"] = "text/plain; charset=utf-8"
  end
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"failed":%d,"why":"connect %d, read %d, write %d, status %d, timeout %d","rps":%.1f,"p50":%.3f,"p90":%.3f,"p99":%.3f,"max":%.3f}\n',
    summary.requests, e.connect + e.read + e.write + e.status + e.timeout,
    e.connect, e.read, e.write, e.status, e.timeout,
    summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(90) / 1000,
    latency:percentile(99) / 1000, latency.max / 1000))
end
