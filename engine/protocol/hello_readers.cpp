#include "engine/protocol/client_hello.h"
#include "engine/protocol/tls_handshake.h"

namespace timbre::protocol {

namespace {

constexpr std::size_t kMaxDtlsRecords = 16; // per datagram

} // namespace

bool mayBeginHello(Bytes bytes)
{
    if (bytes.size() < 3 || loadU8(bytes, 0) != kTlsHandshake || !isTlsVersion(loadBe16(bytes, 1)))
        return false;
    return bytes.size() <= kTlsRecordHeader || loadU8(bytes, kTlsRecordHeader) == kTlsClientHello;
}

TlsHelloReader::Status TlsHelloReader::feed(Bytes bytes)
{
    if (m_bytes.empty()) {
        const Status status = read(bytes); // mostly the whole hello is in one segment
        if (status == Status::NeedMore)
            m_bytes.assign(bytes.begin(), bytes.end());
        return status;
    }
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    return m_bytes.size() < m_wanted ? Status::NeedMore : read(m_bytes);
}

TlsHelloReader::Status TlsHelloReader::read(Bytes stream)
{
    HandshakeJoin header = joinHandshake(stream, kTlsHandshakeHeader);
    if (header.broken)
        return Status::NotHello;
    if (header.message.empty()) {
        m_wanted = header.wanted;
        return Status::NeedMore;
    }
    const std::size_t total = kTlsHandshakeHeader + (loadBe32(header.message, 0) & 0xffffffU);
    if (loadU8(header.message, 0) != kTlsClientHello || total > kMaxHandshakeBytes)
        return Status::NotHello;
    HandshakeJoin hello = joinHandshake(stream, total);
    if (hello.broken)
        return Status::NotHello;
    if (hello.message.empty()) {
        m_wanted = hello.wanted;
        return Status::NeedMore;
    }
    auto facts = readHelloMessage(hello.message, HelloTransport::Tcp);
    if (!facts)
        return Status::NotHello;
    m_facts = std::move(*facts);
    return Status::Done;
}

std::optional<ClientHelloFacts> DtlsHelloReader::datagram(Bytes payload)
{
    ByteReader records(payload);
    for (std::size_t i = 0; i < kMaxDtlsRecords && records.remaining() > 0; ++i) {
        const std::uint8_t type = records.u8();
        const std::uint16_t version = records.be16();
        const std::uint16_t epoch = records.be16();
        records.skip(6); // sequence number
        const Bytes record = records.bytes(records.be16());
        if (!records.ok() || type != kTlsHandshake || !isDtlsVersion(version) || epoch != 0)
            return std::nullopt;
        if (auto facts = fragment(record))
            return facts;
    }
    return std::nullopt;
}

/// RFC 6347 4.2.3. Only the message that began last is put together.
std::optional<ClientHelloFacts> DtlsHelloReader::fragment(Bytes handshake)
{
    ByteReader reader(handshake);
    const std::uint8_t type = reader.u8();
    const std::size_t length = reader.be24();
    const std::uint16_t number = reader.be16();
    const std::size_t offset = reader.be24();
    const Bytes part = reader.bytes(reader.be24());
    if (!reader.ok() || type != kTlsClientHello || length > kMaxHandshakeBytes || offset + part.size() > length)
        return std::nullopt;
    const std::size_t total = kTlsHandshakeHeader + length;
    if (number != m_number || m_message.size() != total) {
        m_message.assign(total, std::byte{});
        m_message[0] = std::byte{kTlsClientHello};
        m_have.assign(length, false);
        m_number = number;
    }
    std::copy(part.begin(), part.end(), m_message.begin() + static_cast<std::ptrdiff_t>(kTlsHandshakeHeader + offset));
    std::fill_n(m_have.begin() + static_cast<std::ptrdiff_t>(offset), part.size(), true);
    if (std::find(m_have.begin(), m_have.end(), false) != m_have.end())
        return std::nullopt;
    return readHelloMessage(m_message, HelloTransport::Dtls);
}

} // namespace timbre::protocol
