#include "engine/protocol/http2_reader.h"

#include "engine/protocol/http_target.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <charconv>

namespace timbre::protocol {

namespace {

constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"; // RFC 9113 3.4
constexpr std::size_t kMaxFrame = 64U << 10U;
constexpr std::size_t kMaxStreams = 1024;
constexpr std::size_t kMaxBodies = 256U << 10U;
constexpr std::size_t kMaxTable = 64U << 10U;
constexpr std::uint8_t kData = 0;
constexpr std::uint8_t kHeaders = 1;
constexpr std::uint8_t kReset = 3;
constexpr std::uint8_t kSettings = 4;
constexpr std::uint8_t kContinuation = 9;
constexpr std::uint8_t kHighestType = 0x10; // in use, extensions included
constexpr std::uint8_t kEndStream = 0x1;
constexpr std::uint8_t kEndHeaders = 0x4;
constexpr std::uint8_t kPadded = 0x8;
constexpr std::uint8_t kPriority = 0x20;

/// The payload without padding and priority; nothing when they do not fit.
std::optional<Bytes> withoutPadding(Bytes payload, std::uint8_t flags, bool headers)
{
    std::size_t padding = 0;
    if ((flags & kPadded) != 0) {
        if (payload.empty())
            return std::nullopt;
        padding = loadU8(payload, 0);
        payload = payload.subspan(1);
    }
    const std::size_t priority = headers && (flags & kPriority) != 0 ? 5 : 0;
    if (padding + priority > payload.size())
        return std::nullopt;
    return payload.subspan(priority, payload.size() - priority - padding);
}

} // namespace

void Http2Reader::InflaterFree::operator()(nghttp2_hd_inflater* inflater) const
{
    nghttp2_hd_inflate_del(inflater);
}

bool mayBeHttp2Preface(Bytes bytes)
{
    const std::size_t compared = std::min(bytes.size(), kPreface.size());
    return compared >= 3 && asText(bytes.first(compared)) == kPreface.substr(0, compared);
}

/// Length, type, flags and stream. Settings have six bytes each, and no server has as many as 42.
bool mayBeHttp2Settings(Bytes bytes)
{
    constexpr std::size_t kLength = 2; // the byte of it that is not 0
    constexpr unsigned kSettingBytes = 6;
    for (std::size_t i = 0; i < std::min(bytes.size(), kHttp2FrameHeader); ++i) {
        const unsigned byte = loadU8(bytes, i);
        if (i == kLength ? byte % kSettingBytes != 0 : byte != (i == kLength + 1 ? kSettings : 0))
            return false;
    }
    return !bytes.empty();
}

Http2Reader::Http2Reader(HttpListener& listener, bool client)
    : m_listener(listener)
    , m_client(client)
    , m_prefaceRead(!client)
{
    nghttp2_hd_inflater* inflater = nullptr;
    if (nghttp2_hd_inflate_new(&inflater) == 0) {
        m_inflater.reset(inflater);
        // What the other side allowed is not looked at: any size up to this one is.
        nghttp2_hd_inflate_change_table_size(inflater, kMaxTable);
    }
}

Http2Reader::~Http2Reader() = default;

bool Http2Reader::feed(Bytes bytes, Timestamp time)
{
    if (!m_inflater)
        return false;
    const bool held = !m_bytes.empty();
    if (held) {
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
        bytes = m_bytes;
    }
    if (!m_prefaceRead && bytes.size() >= kPreface.size()) {
        m_prefaceRead = true;
        bytes = bytes.subspan(kPreface.size());
    }
    while (m_prefaceRead && bytes.size() >= kHttp2FrameHeader) {
        ByteReader reader(bytes);
        const std::size_t length = reader.be24();
        Frame one{.type = reader.u8(), .flags = reader.u8(), .stream = reader.be32() & 0x7fffffffU, .payload = {}};
        if (length > kMaxFrame || one.type > kHighestType)
            return false;
        if (bytes.size() < kHttp2FrameHeader + length)
            break;
        one.payload = bytes.subspan(kHttp2FrameHeader, length);
        if (!frame(one, time))
            return false;
        bytes = bytes.subspan(kHttp2FrameHeader + length);
    }
    if (!held || bytes.size() != m_bytes.size()) // else nothing was read: the frame goes on growing where it is
        m_bytes = std::vector<std::byte>(bytes.begin(), bytes.end());
    return true;
}

bool Http2Reader::frame(const Frame& frame, Timestamp time)
{
    switch (frame.type) {
    case kHeaders:
        return headers(frame, time);
    case kContinuation:
        return frame.stream == m_blockStream && addToBlock(frame.payload, (frame.flags & kEndHeaders) != 0, time);
    case kData:
        data(frame, time);
        return true;
    case kReset:
        endStream(frame.stream, time);
        return true;
    default:
        return true;
    }
}

bool Http2Reader::headers(const Frame& frame, Timestamp time)
{
    const auto part = withoutPadding(frame.payload, frame.flags, true);
    if (!part)
        return false;
    m_block.clear();
    m_blockStream = frame.stream;
    m_blockEndsStream = (frame.flags & kEndStream) != 0;
    return addToBlock(*part, (frame.flags & kEndHeaders) != 0, time);
}

bool Http2Reader::addToBlock(Bytes part, bool last, Timestamp time)
{
    if (m_block.size() + part.size() > kMaxHttpHeadBytes)
        return false;
    m_block.insert(m_block.end(), part.begin(), part.end());
    return !last || takeBlock(time);
}

bool Http2Reader::takeBlock(Timestamp time)
{
    std::vector<std::pair<std::string, std::string>> fields;
    const auto* in = reinterpret_cast<const std::uint8_t*>(m_block.data());
    std::size_t left = m_block.size();
    std::size_t held = 0;
    while (true) {
        nghttp2_nv field;
        int flags = 0;
        const auto read = nghttp2_hd_inflate_hd2(m_inflater.get(), &field, &flags, in, left, 1);
        if (read < 0)
            return false;
        in += read;
        left -= static_cast<std::size_t>(read);
        if ((flags & NGHTTP2_HD_INFLATE_EMIT) != 0) {
            held += field.namelen + field.valuelen;
            if (held > kMaxHttpHeadBytes || fields.size() >= kMaxHttpFields)
                return false; // small blocks can stand for large heads
            fields.emplace_back(std::string(reinterpret_cast<const char*>(field.name), field.namelen),
                                std::string(reinterpret_cast<const char*>(field.value), field.valuelen));
        }
        if ((flags & NGHTTP2_HD_INFLATE_FINAL) != 0)
            break;
        if ((flags & NGHTTP2_HD_INFLATE_EMIT) == 0 && left == 0)
            return false;
    }
    nghttp2_hd_inflate_end_headers(m_inflater.get());
    m_block.clear();
    tell(fields, time);
    if (m_blockEndsStream)
        endStream(m_blockStream, time);
    return true;
}

void Http2Reader::tell(const std::vector<std::pair<std::string, std::string>>& fields, Timestamp time)
{
    HttpHead head;
    head.version = 20;
    std::string_view authority;
    for (const auto& [name, value] : fields) {
        if (name == ":method")
            head.method = value;
        else if (name == ":path")
            head.target = value;
        else if (name == ":authority")
            authority = value;
        else if (name == ":status")
            std::from_chars(value.data(), value.data() + value.size(), head.status);
        else if (!name.starts_with(':'))
            head.fields.push_back({name, value});
    }
    head.request = !head.method.empty();
    if (!head.request && head.status == 0)
        return; // trailers
    const std::string_view* host = head.field("host");
    head.host = hostOfAuthority(!authority.empty() ? authority : host ? *host : std::string_view{});
    if (head.method == "CONNECT" && head.target.empty())
        head.target = authority;
    m_listener.head(head, m_blockStream, time);
    if (m_streams.size() < kMaxStreams)
        m_streams.try_emplace(m_blockStream);
}

void Http2Reader::data(const Frame& frame, Timestamp time)
{
    const auto found = m_streams.find(frame.stream);
    const auto part = withoutPadding(frame.payload, frame.flags, false);
    if (found == m_streams.end() || !part)
        return;
    Stream& stream = found->second;
    stream.wireBytes += part->size();
    const std::size_t room = std::min(kMaxKeptBody - std::min(kMaxKeptBody, stream.body.size()),
                                      kMaxBodies - std::min(kMaxBodies, m_bodyBytes));
    const Bytes kept = part->first(std::min(room, part->size()));
    stream.body.insert(stream.body.end(), kept.begin(), kept.end());
    m_bodyBytes += kept.size();
    if ((frame.flags & kEndStream) != 0)
        endStream(frame.stream, time);
}

void Http2Reader::endStream(std::uint32_t stream, Timestamp time)
{
    const auto found = m_streams.find(stream);
    if (found == m_streams.end())
        return;
    const Stream ended = std::move(found->second);
    m_streams.erase(found);
    m_bodyBytes -= ended.body.size();
    m_listener.end(stream, ended.body, ended.wireBytes, time);
}

} // namespace timbre::protocol
