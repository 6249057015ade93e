#include "engine/protocol/http1_reader.h"

#include "engine/protocol/http_target.h"
#include "engine/protocol/safe_text.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace timbre::protocol {

namespace {

constexpr std::size_t kMaxLine = 8192; // of chunking
constexpr std::size_t kChunkEnd = 2;   // the line's end behind a chunk
constexpr std::size_t kLongestMethod = 20;

bool isMethodCharacter(char c)
{
    return (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

/// Behind the empty line that ends a head; npos when it is not there.
std::size_t endOfHead(std::string_view text, std::size_t from)
{
    for (std::size_t at = text.find('\n', from); at != std::string_view::npos; at = text.find('\n', at + 1)) {
        if (text.substr(at + 1).starts_with('\n'))
            return at + 2;
        if (text.substr(at + 1).starts_with("\r\n"))
            return at + 3;
    }
    return std::string_view::npos;
}

std::string_view takeLineOf(std::string_view& text)
{
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

bool parseStatusLine(std::string_view line, HttpHead& head)
{
    if (!line.starts_with("HTTP/1.") || line.size() < 12)
        return false;
    head.version = line[7] == '0' ? 10 : 11;
    const std::string_view code = line.substr(9, 3);
    return std::from_chars(code.data(), code.data() + code.size(), head.status).ec == std::errc();
}

bool parseFirstLine(std::string_view line, HttpHead& head)
{
    if (line.starts_with("HTTP/"))
        return parseStatusLine(line, head);
    const auto request = parseRequestLine(line);
    if (!request || !request->version.starts_with("HTTP/1."))
        return false;
    head.request = true;
    head.method = request->method;
    head.target = request->target;
    head.version = request->version.ends_with('0') ? 10 : 11;
    return true;
}

void parseFields(std::string_view text, HttpHead& head)
{
    while (!text.empty() && head.fields.size() < kMaxHttpFields) {
        const std::string_view line = takeLineOf(text);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0 || line.front() == ' ' || line.front() == '\t')
            continue; // folded lines are not joined: nobody may send them any more
        head.fields.push_back({line.substr(0, colon), trimmed(line.substr(colon + 1))});
    }
}

bool lastCodingIsChunked(std::string_view codings)
{
    const std::size_t comma = codings.rfind(',');
    return equalsIgnoringCase(trimmed(comma == std::string_view::npos ? codings : codings.substr(comma + 1)),
                              "chunked");
}

} // namespace

const std::string_view* HttpHead::field(std::string_view lowerName) const
{
    for (const HttpField& candidate : fields)
        if (equalsIgnoringCase(candidate.name, lowerName))
            return &candidate.value;
    return nullptr;
}

bool mayBeHttpRequest(Bytes bytes)
{
    const std::string_view text = asText(bytes);
    const std::size_t space = text.find(' ');
    const std::string_view method = text.substr(0, space);
    if (method.size() < 3 || method.size() > kLongestMethod ||
        !std::all_of(method.begin(), method.end(), isMethodCharacter) || space == std::string_view::npos)
        return false;
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) // only CONNECT has a target that begins with anything
        return text.size() > space + 1 &&
               (text[space + 1] == '/' || text[space + 1] == '*' || text[space + 1] == 'h' || method == "CONNECT");
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    constexpr std::string_view kVersion = " HTTP/1.";
    const std::size_t version = line.rfind(kVersion);
    return version != std::string_view::npos && version + kVersion.size() + 1 == line.size();
}

bool mayBeginHttpMethod(std::string_view text)
{
    const std::string_view method = text.substr(0, text.find(' '));
    return method.size() <= kLongestMethod && std::all_of(method.begin(), method.end(), isMethodCharacter) &&
           text.size() <= method.size() + 1;
}

bool mayBeHttpResponse(Bytes bytes)
{
    constexpr std::string_view kVersion = "HTTP/1.";
    const std::string_view text = asText(bytes);
    return text.size() >= kVersion.size() + 2 && text.starts_with(kVersion) && text[kVersion.size() + 1] == ' ';
}

Http1Reader::Http1Reader(HttpListener& listener, const Http1Exchange* exchange)
    : m_listener(listener)
    , m_exchange(exchange)
{
}

void Http1Reader::feed(Bytes bytes, Timestamp time)
{
    const std::size_t size = bytes.size();
    if (m_state == State::Lost) {
        if (!mayBeHttpRequest(bytes) && !mayBeHttpResponse(bytes))
            return;
        m_state = State::Head;
    }
    while (!bytes.empty() && m_state != State::Switched && m_state != State::Lost)
        bytes = step(bytes, time);
    m_lastFeedRead = size - bytes.size();
}

Bytes Http1Reader::step(Bytes bytes, Timestamp time)
{
    switch (m_state) {
    case State::Head:
        return readHead(bytes, time);
    case State::Body:
    case State::Chunk:
    case State::UntilClose:
        return readBody(bytes, time);
    case State::ChunkSize:
        return readChunkSize(bytes, time);
    case State::Trailer:
        return readTrailer(bytes, time);
    case State::Lost:
    case State::Switched:
        break;
    }
    return {};
}

Bytes Http1Reader::readHead(Bytes bytes, Timestamp time)
{
    if (m_head.empty()) {
        while (!bytes.empty() && (asText(bytes).front() == '\r' || asText(bytes).front() == '\n'))
            bytes = bytes.subspan(1);
        if (bytes.empty())
            return bytes;
        if (const std::size_t end = endOfHead(asText(bytes), 0); end != std::string_view::npos) {
            takeHead(asText(bytes.first(end)), time);
            return bytes.subspan(end);
        }
    }
    const std::size_t before = m_head.size();
    const std::size_t room = kMaxHttpHeadBytes - std::min(before, kMaxHttpHeadBytes);
    const Bytes part = bytes.first(std::min(bytes.size(), room));
    m_head.insert(m_head.end(), part.begin(), part.end());
    const std::string_view text = asText(m_head);
    const std::size_t end = endOfHead(text, before < 3 ? 0 : before - 3);
    if (end != std::string_view::npos) {
        const std::vector<std::byte> head = std::move(m_head);
        m_head.clear();
        takeHead(asText(Bytes(head).first(end)), time);
        return bytes.subspan(end - before);
    }
    const bool wrong = m_head.size() > kLongestMethod && !mayBeHttpRequest(m_head) && !mayBeHttpResponse(m_head);
    if (wrong || m_head.size() >= kMaxHttpHeadBytes) {
        m_headsGivenUp += wrong ? 0 : 1;
        m_head = {};
        m_state = State::Lost;
    }
    return bytes.subspan(part.size());
}

void Http1Reader::takeHead(std::string_view text, Timestamp time)
{
    HttpHead head;
    if (!parseFirstLine(takeLineOf(text), head)) {
        m_state = State::Lost;
        return;
    }
    parseFields(text, head);
    if (head.request) {
        const std::string_view* host = head.field("host");
        const std::string_view ofTarget = hostOfTarget(head.method, head.target);
        head.host = !ofTarget.empty() ? ofTarget : host ? hostOfAuthority(*host) : std::string_view{};
    }
    m_request = head.request;
    m_wireBytes = 0;
    m_body.clear();
    decideBody(head, time);
}

/// RFC 9112 6.3.
void Http1Reader::decideBody(const HttpHead& head, Timestamp time)
{
    const std::string answered(m_exchange && !head.request ? m_exchange->methodAnswered() : std::string_view{});
    m_listener.head(head, 0, time);
    const bool tunnel = !head.request && (head.status == 101 || (answered == "CONNECT" && head.status / 100 == 2));
    if (tunnel) {
        m_listener.end(0, {}, 0, time);
        m_state = State::Switched;
        return;
    }
    const bool bodyless =
        !head.request && (answered == "HEAD" || head.status / 100 == 1 || head.status == 204 || head.status == 304);
    const std::string_view* coding = head.field("transfer-encoding");
    const std::string_view* length = head.field("content-length");
    m_left = 0;
    if (bodyless) {
        finish(time);
    } else if (coding && lastCodingIsChunked(*coding)) {
        m_state = State::ChunkSize;
    } else if (length && !coding) {
        const auto [end, error] = std::from_chars(length->data(), length->data() + length->size(), m_left);
        m_state = error == std::errc() ? State::Body : State::Lost;
        if (m_state == State::Body && m_left == 0)
            finish(time);
    } else if (head.request) {
        finish(time);
    } else {
        m_state = State::UntilClose;
    }
}

Bytes Http1Reader::readBody(Bytes bytes, Timestamp time)
{
    if (m_state == State::UntilClose) {
        m_wireBytes += bytes.size();
        keepBody(bytes);
        return {};
    }
    if (m_state == State::Body && m_wireBytes == 0 && m_left <= bytes.size())
        return readWholeBody(bytes, time);
    const bool chunk = m_state == State::Chunk;
    const std::size_t take = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, bytes.size()));
    // Behind a chunk its line end still counts as left, but not as body.
    const std::uint64_t ofBody = chunk ? (m_left > kChunkEnd ? m_left - kChunkEnd : 0) : m_left;
    keepBody(bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(ofBody, take))));
    m_wireBytes += take;
    m_left -= take;
    if (m_left == 0) {
        if (chunk)
            m_state = State::ChunkSize;
        else
            finish(time);
    }
    return bytes.subspan(take);
}

/// Most bodies are short and lie in one segment: they are handed on from there.
Bytes Http1Reader::readWholeBody(Bytes bytes, Timestamp time)
{
    const auto size = static_cast<std::size_t>(std::exchange(m_left, 0));
    m_state = State::Head;
    m_listener.end(0, bytes.first(std::min(size, kMaxKeptBody)), size, time);
    return bytes.subspan(size);
}

/// Takes bytes up to a line's end into m_head; true when it is there. A line that is too long loses the way.
bool Http1Reader::takeLine(Bytes& bytes)
{
    const std::size_t end = asText(bytes).find('\n');
    const std::size_t take = end == std::string_view::npos ? bytes.size() : end + 1;
    m_wireBytes += take;
    m_head.insert(m_head.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(take));
    bytes = bytes.subspan(take);
    if (m_head.size() > kMaxLine) {
        m_head = {};
        m_state = State::Lost;
        return false;
    }
    return end != std::string_view::npos;
}

Bytes Http1Reader::readChunkSize(Bytes bytes, Timestamp)
{
    if (!takeLine(bytes))
        return bytes;
    const std::string_view line = trimmed(asText(m_head));
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    const bool good = error == std::errc() && size < (std::uint64_t{1} << 60U);
    m_head.clear();
    if (!good)
        m_state = State::Lost;
    else if (size == 0)
        m_state = State::Trailer;
    else
        m_state = State::Chunk;
    m_left = size + kChunkEnd;
    return bytes;
}

Bytes Http1Reader::readTrailer(Bytes bytes, Timestamp time)
{
    if (!takeLine(bytes))
        return bytes;
    const std::string_view line = asText(m_head);
    const bool last = line == "\r\n" || line == "\n";
    m_head.clear();
    if (last)
        finish(time);
    return bytes;
}

void Http1Reader::keepBody(Bytes bytes)
{
    const std::size_t room = kMaxKeptBody - std::min(kMaxKeptBody, m_body.size());
    const Bytes part = bytes.first(std::min(room, bytes.size()));
    if (m_body.empty() && m_state == State::Body) // its length is known: no need to move it as it grows
        m_body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(m_left, kMaxKeptBody)));
    m_body.insert(m_body.end(), part.begin(), part.end());
}

void Http1Reader::finish(Timestamp time)
{
    m_state = State::Head;
    m_listener.end(0, m_body, m_wireBytes, time);
    if (m_body.capacity() > kMaxLine)
        m_body = {}; // connections rest between messages
    else
        m_body.clear();
    m_wireBytes = 0;
}

void Http1Reader::gap(std::uint64_t bytes, Timestamp time)
{
    if (m_state == State::UntilClose && bytes != UINT64_MAX) {
        m_wireBytes += bytes;
        return;
    }
    if ((m_state == State::Body || m_state == State::Chunk) && bytes <= m_left) {
        m_left -= bytes;
        m_wireBytes += bytes;
        if (m_left == 0 && m_state == State::Chunk)
            m_state = State::ChunkSize;
        else if (m_left == 0)
            finish(time);
        return;
    }
    m_head = {};
    m_body.clear();
    if (m_state != State::Switched)
        m_state = State::Lost;
}

void Http1Reader::close(Timestamp time)
{
    if (m_state == State::UntilClose)
        finish(time);
    m_head = {};
}

} // namespace timbre::protocol
