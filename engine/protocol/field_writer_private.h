#pragma once

// How the describers of one message write nodes: fields with their place in the frame, never outside it, and never more
// of them than kMaxShownFields in one list.

#include "engine/protocol/application_layers.h"

#include <fmt/format.h>

namespace timbre::protocol {

/// What a describer is given: the message, and where it lies in the frame.
struct Message {
    Bytes bytes;
    std::size_t offset = 0;

    /// Requires: at <= bytes.size().
    [[nodiscard]] Message from(std::size_t at) const { return {bytes.subspan(at), offset + at}; }
    [[nodiscard]] Message part(std::size_t at, std::size_t length) const
    {
        return {bytes.subspan(at, std::min(length, bytes.size() - at)), offset + at};
    }
    /// Where `inner`, a span into this message, lies. For empty spans the start of the message.
    [[nodiscard]] std::size_t offsetOf(Bytes inner) const
    {
        return inner.empty() ? offset : offset + static_cast<std::size_t>(inner.data() - bytes.data());
    }
};

/// Appends a layer; the reference holds until the next one is appended.
decode::LayerNode& addLayer(decode::LayerTree& tree, std::string name, const Message& message, std::size_t length);

/// Appends a field of `length` bytes at `at` of `message`; shortened to what is there.
decode::LayerNode& addField(decode::LayerNode& parent, const Message& message, std::string name, std::string value,
                            std::size_t at, std::size_t length);

/// A field for `bytes`, a span into `message`.
decode::LayerNode& addField(decode::LayerNode& parent, const Message& message, std::string name, std::string value,
                            Bytes bytes);

/// A field made up from others, without bytes of its own.
decode::LayerNode& addNote(decode::LayerNode& parent, std::string name, std::string value = {});

/// "0a1b2c …": at most 32 bytes.
[[nodiscard]] std::string hexText(Bytes bytes);

/// "sni == www.example.org"; empty when the name has characters that would need quoting.
[[nodiscard]] std::string nameFilter(std::string_view field, Bytes name);

/// The first line, without its end; all there is when no line end was captured.
[[nodiscard]] std::string_view firstLine(Bytes bytes);

// Each returns false, leaving the tree as it was, when the message is none of its kind.
bool describeDns(decode::LayerTree& tree, const Message& message, std::string_view protocol);
bool describeDnsOverTcp(decode::LayerTree& tree, const Message& message);
bool describeTls(decode::LayerTree& tree, const Message& message);
bool describeDtls(decode::LayerTree& tree, const Message& message);
bool describeQuic(decode::LayerTree& tree, const Message& message);
bool describeStun(decode::LayerTree& tree, const Message& message);
bool describeRtp(decode::LayerTree& tree, const Message& message);
bool describeRtcp(decode::LayerTree& tree, const Message& message);
bool describeDhcp(decode::LayerTree& tree, const Message& message);
bool describeNtp(decode::LayerTree& tree, const Message& message);
bool describeSsh(decode::LayerTree& tree, const Message& message);
/// HTTP/1 over TCP or SSDP over UDP: a head begins here.
bool describeHttp(decode::LayerTree& tree, const Message& message, std::string_view protocol);
bool describeSip(decode::LayerTree& tree, const Message& message);
/// Command or reply lines of SMTP and FTP.
bool describeCommandLines(decode::LayerTree& tree, const Message& message, std::string_view protocol);

/// TLS parts shared with DTLS: what is behind the header of a handshake message.
void describeHandshakeBody(decode::LayerNode& parent, const Message& body, std::uint8_t type, bool dtls,
                           std::string& summary);

[[nodiscard]] std::string tlsVersionName(std::uint16_t version);
[[nodiscard]] std::string tlsCipherName(std::uint16_t cipher);
[[nodiscard]] std::string tlsExtensionName(std::uint16_t type);
[[nodiscard]] std::string tlsGroupName(std::uint16_t group);
[[nodiscard]] std::string tlsRecordName(std::uint8_t type);
[[nodiscard]] std::string tlsHandshakeName(std::uint8_t type);
[[nodiscard]] std::string tlsAlertName(std::uint8_t code);

} // namespace timbre::protocol
