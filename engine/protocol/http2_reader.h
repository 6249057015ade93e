#pragma once

// Reads one direction of cleartext HTTP/2: the frames, and the header blocks with HPACK (libnghttp2). Bounded: header
// blocks of at most 64 KiB, at most 1,024 streams at a time, bodies kept to 256 KiB per connection. A gap ends it, for
// the compression of headers depends on every byte before.

#include "engine/protocol/http_message.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

struct nghttp2_hd_inflater;

namespace timbre::protocol {

[[nodiscard]] bool mayBeHttp2Preface(Bytes bytes);
/// Of the settings, with which a server begins, as far as the bytes go; sure from `kHttp2FrameHeader` bytes on.
inline constexpr std::size_t kHttp2FrameHeader = 9;
[[nodiscard]] bool mayBeHttp2Settings(Bytes bytes);

class Http2Reader {
public:
    /// `client`: this side begins with the preface and sends requests. The listener outlives the reader.
    Http2Reader(HttpListener& listener, bool client);
    ~Http2Reader();
    Http2Reader(const Http2Reader&) = delete;
    Http2Reader& operator=(const Http2Reader&) = delete;

    /// False when this is not HTTP/2 (any more).
    bool feed(Bytes bytes, Timestamp time);
    [[nodiscard]] std::size_t bytesHeld() const { return m_bytes.capacity() + m_block.capacity() + m_bodyBytes; }

private:
    struct Frame {
        std::uint8_t type = 0;
        std::uint8_t flags = 0;
        std::uint32_t stream = 0;
        Bytes payload;
    };
    struct Stream {
        std::vector<std::byte> body;
        std::uint64_t wireBytes = 0;
    };

    bool frame(const Frame& frame, Timestamp time);
    bool headers(const Frame& frame, Timestamp time);
    bool addToBlock(Bytes part, bool last, Timestamp time);
    bool takeBlock(Timestamp time);
    void tell(const std::vector<std::pair<std::string, std::string>>& fields, Timestamp time);
    void data(const Frame& frame, Timestamp time);
    void endStream(std::uint32_t stream, Timestamp time);

    struct InflaterFree {
        void operator()(nghttp2_hd_inflater* inflater) const;
    };

    HttpListener& m_listener;
    std::unique_ptr<nghttp2_hd_inflater, InflaterFree> m_inflater;
    std::vector<std::byte> m_bytes; // a frame that is not whole yet
    std::vector<std::byte> m_block; // a header block that is not whole yet
    std::map<std::uint32_t, Stream> m_streams;
    std::size_t m_bodyBytes = 0;
    std::uint32_t m_blockStream = 0;
    bool m_blockEndsStream = false;
    bool m_client;
    bool m_prefaceRead;
};

} // namespace timbre::protocol
