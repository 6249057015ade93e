#pragma once

// Reads the HTTP/1 messages of one direction: heads whole, bodies counted and their beginning kept. Pipelined messages
// follow each other in one segment. After a gap it goes on inside a body whose length is known, else at the next
// segment that begins with a first line.

#include "engine/protocol/http_message.h"

#include <string>

namespace timbre::protocol {

/// What a response belongs to decides whether it has a body.
class Http1Exchange {
public:
    virtual ~Http1Exchange() = default;
    /// The method of the request that the next response answers; empty when unknown.
    [[nodiscard]] virtual std::string_view methodAnswered() const = 0;
};

class Http1Reader {
public:
    /// `exchange` only for responses, else null; both outlive the reader.
    Http1Reader(HttpListener& listener, const Http1Exchange* exchange);

    void feed(Bytes bytes, Timestamp time);
    void gap(std::uint64_t bytes, Timestamp time);
    /// The stream ends: a body without a length is complete.
    void close(Timestamp time);

    /// After an upgrade or CONNECT: what follows is something else, from this many bytes of the last feed() on.
    [[nodiscard]] bool switched() const { return m_state == State::Switched; }
    [[nodiscard]] std::size_t bytesOfLastFeedRead() const { return m_lastFeedRead; }
    [[nodiscard]] std::size_t bytesHeld() const { return m_head.capacity() + m_body.capacity(); }
    [[nodiscard]] std::uint64_t headsGivenUp() const { return m_headsGivenUp; }

private:
    enum class State : std::uint8_t {
        Head,
        Body,      // of known length
        ChunkSize, // a line
        Chunk,     // and the line's end behind it
        Trailer,
        UntilClose,
        Lost,
        Switched,
    };

    Bytes step(Bytes bytes, Timestamp time);
    Bytes readHead(Bytes bytes, Timestamp time);
    void takeHead(std::string_view text, Timestamp time);
    void decideBody(const HttpHead& head, Timestamp time);
    Bytes readBody(Bytes bytes, Timestamp time);
    Bytes readWholeBody(Bytes bytes, Timestamp time);
    Bytes readChunkSize(Bytes bytes, Timestamp time);
    Bytes readTrailer(Bytes bytes, Timestamp time);
    void keepBody(Bytes bytes);
    void finish(Timestamp time);
    bool takeLine(Bytes& bytes);

    HttpListener& m_listener;
    const Http1Exchange* m_exchange;
    std::vector<std::byte> m_head; // a head, or a line of chunking, that is not whole yet
    std::vector<std::byte> m_body;
    std::uint64_t m_left = 0; // of the body or chunk
    std::uint64_t m_wireBytes = 0;
    std::uint64_t m_headsGivenUp = 0;
    std::size_t m_lastFeedRead = 0;
    State m_state = State::Head;
    bool m_request = false; // the message in work
};

} // namespace timbre::protocol
