#include "engine/pipeline/body_decoding.h"

#include "engine/protocol/safe_text.h"

#include <zlib.h>

namespace timbre::pipeline {

namespace {

constexpr int kGzipOrZlib = 15 + 32; // window bits: the header says which

std::vector<std::byte> inflateBody(Bytes body, int windowBits, std::size_t maxBytes)
{
    std::vector<std::byte> out(maxBytes);
    z_stream stream{};
    if (inflateInit2(&stream, windowBits) != Z_OK)
        return {};
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(body.data())); // zlib does not write there
    stream.avail_in = static_cast<uInt>(body.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    inflate(&stream, Z_SYNC_FLUSH);
    out.erase(out.end() - stream.avail_out, out.end()); // what came out before the end, or the damage, is good
    inflateEnd(&stream);
    return out;
}

} // namespace

std::vector<std::byte> decodeBody(Bytes body, std::string_view coding, std::size_t maxBytes)
{
    using protocol::equalsIgnoringCase;
    if (equalsIgnoringCase(coding, "gzip") || equalsIgnoringCase(coding, "x-gzip"))
        return inflateBody(body, kGzipOrZlib, maxBytes);
    if (!equalsIgnoringCase(coding, "deflate"))
        return {};
    std::vector<std::byte> out = inflateBody(body, kGzipOrZlib, maxBytes);
    return out.empty() ? inflateBody(body, -MAX_WBITS, maxBytes) : out; // some send it without the zlib header
}

} // namespace timbre::pipeline
