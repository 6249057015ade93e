#pragma once
// HTTP/1.1 requests and responses.

#include "tests/generator/bytes.h"

#include <string>

namespace timbre::generator {

struct HttpRequest {
    std::string method = "GET";
    std::string path = "/";
    std::string host{};
    std::string userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    std::string contentType{}; // with a body only
    Bytes body{};
    bool close = false; // Connection: close instead of keep-alive
};

struct HttpResponse {
    int status = 200;
    std::string reason = "OK";
    std::string contentType = "text/html; charset=utf-8";
    Bytes body{};
    bool close = false;
    bool chunked = false;
};

[[nodiscard]] Bytes httpRequest(const HttpRequest& request);
[[nodiscard]] Bytes httpResponse(const HttpResponse& response);

} // namespace timbre::generator
