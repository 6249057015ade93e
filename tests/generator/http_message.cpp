#include "tests/generator/http_message.h"

#include <fmt/format.h>

#include <algorithm>

namespace timbre::generator {

namespace {

Bytes chunkedBody(ByteView body)
{
    constexpr std::size_t kChunkBytes = 1000;
    Bytes result;
    ByteWriter out(result);
    for (std::size_t at = 0; at < body.size(); at += kChunkBytes) {
        const ByteView chunk = body.subspan(at, std::min(kChunkBytes, body.size() - at));
        out.text(fmt::format("{:x}\r\n", chunk.size())).bytes(chunk).text("\r\n");
    }
    out.text("0\r\n\r\n");
    return result;
}

} // namespace

Bytes httpRequest(const HttpRequest& request)
{
    Bytes result;
    ByteWriter out(result);
    out.text(fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: {}\r\nAccept: */*\r\n", request.method,
                         request.path, request.host, request.userAgent));
    if (!request.body.empty()) {
        out.text(fmt::format("Content-Type: {}\r\nContent-Length: {}\r\n", request.contentType, request.body.size()));
    }
    out.text(request.close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n").bytes(request.body);
    return result;
}

Bytes httpResponse(const HttpResponse& response)
{
    Bytes result;
    ByteWriter out(result);
    out.text(fmt::format("HTTP/1.1 {} {}\r\nServer: timbre-generator\r\nContent-Type: {}\r\n", response.status,
                         response.reason, response.contentType));
    out.text(response.chunked ? "Transfer-Encoding: chunked\r\n"
                              : fmt::format("Content-Length: {}\r\n", response.body.size()));
    out.text(response.close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n");
    out.bytes(response.chunked ? chunkedBody(response.body) : response.body);
    return result;
}

} // namespace timbre::generator
