// DHCP and NTP as tree nodes.

#include "engine/protocol/datagram_head.h"
#include "engine/protocol/field_writer_private.h"
#include "engine/protocol/safe_text.h"

#include <array>

namespace timbre::protocol {

using decode::LayerNode;
using decode::LayerTree;

namespace {

constexpr std::size_t kOptionsAt = kDhcpFixedBytes + 4;

std::string addressText(Bytes bytes)
{
    std::string out;
    for (std::size_t at = 0; at + 4 <= bytes.size() && at < 64; at += 4) {
        if (at > 0)
            out += ", ";
        appendTo(out, IpAddress::fromBytes(bytes.subspan(at, 4)));
    }
    return out;
}

std::string hardwareText(Bytes bytes)
{
    std::string out;
    for (const std::byte byte : bytes)
        out += fmt::format("{}{:02x}", out.empty() ? "" : ":", std::to_integer<unsigned>(byte));
    return out;
}

const char* dhcpMessageName(unsigned type)
{
    static constexpr std::array kNames = {"",    "Discover", "Offer",   "Request", "Decline",
                                          "Ack", "Nak",      "Release", "Inform"};
    return type >= 1 && type < kNames.size() ? kNames[type] : "unknown type";
}

enum class Form { Hex, Addresses, Text, Seconds, Message };
struct Option {
    std::uint8_t code;
    const char* name;
    Form form;
};

// RFC 2132
constexpr Option kOptions[] = {
    {1, "Subnet mask", Form::Addresses},   {3, "Routers", Form::Addresses},
    {6, "Name servers", Form::Addresses},  {12, "Host name", Form::Text},
    {15, "Domain name", Form::Text},       {28, "Broadcast address", Form::Addresses},
    {42, "Time servers", Form::Addresses}, {50, "Requested address", Form::Addresses},
    {51, "Lease time", Form::Seconds},     {53, "Message type", Form::Message},
    {54, "Server", Form::Addresses},       {55, "Parameters wanted", Form::Hex},
    {56, "Message", Form::Text},           {57, "Largest message", Form::Hex},
    {58, "Renewal time", Form::Seconds},   {59, "Rebinding time", Form::Seconds},
    {60, "Vendor class", Form::Text},      {61, "Client identifier", Form::Hex},
    {66, "Boot server", Form::Text},       {67, "Boot file", Form::Text},
    {81, "Client domain name", Form::Hex}, {82, "Relay information", Form::Hex},
};

std::string optionText(const Option& option, Bytes value)
{
    switch (option.form) {
    case Form::Addresses:
        return addressText(value);
    case Form::Text:
        return displayText(value, 255);
    case Form::Seconds:
        return value.size() == 4 ? fmt::format("{} s", loadBe32(value, 0)) : hexText(value);
    case Form::Message:
        return value.size() == 1 ? dhcpMessageName(loadU8(value, 0)) : hexText(value);
    case Form::Hex:
        break;
    }
    return hexText(value);
}

/// Returns the message type, empty when there is none (plain BOOTP).
std::string addDhcpOptions(LayerNode& layer, const Message& message)
{
    std::string type;
    std::size_t at = kOptionsAt;
    while (at + 2 <= message.bytes.size() && layer.children.size() < kMaxShownFields) {
        const std::uint8_t code = loadU8(message.bytes, at);
        if (code == 255)
            return type;
        if (code == 0) {
            ++at;
            continue;
        }
        const std::size_t length = loadU8(message.bytes, at + 1);
        if (length > message.bytes.size() - at - 2) {
            addField(layer, message, "Damaged", "an option is longer than the message", at, 2);
            return type;
        }
        Option option{code, nullptr, Form::Hex};
        for (const Option& known : kOptions)
            option = known.code == code ? known : option;
        const std::string text = optionText(option, message.bytes.subspan(at + 2, length));
        if (option.form == Form::Message)
            type = text;
        addField(layer, message, option.name != nullptr ? option.name : fmt::format("Option {}", code), text, at,
                 2 + length);
        at += 2 + length;
    }
    return type;
}

/// RFC 5905 6: 32 bits of seconds since 1900 (until 2036, then again from 0) and 32 bits of fraction.
std::string ntpTime(Bytes bytes, std::size_t at)
{
    const std::uint32_t seconds = loadBe32(bytes, at);
    const std::uint32_t fraction = loadBe32(bytes, at + 4);
    if (seconds == 0 && fraction == 0)
        return "not set";
    constexpr std::uint64_t kUnixEpoch = 2'208'988'800;
    // Values below 1968 belong to the next era, as RFC 4330 3 advises.
    const std::uint64_t since1900 = seconds >= 0x80000000 ? seconds : seconds + (std::uint64_t{1} << 32U);
    const std::uint64_t microseconds = std::uint64_t{fraction} * 1'000'000 >> 32U;
    return fmt::format("{}.{:06} s since 1970", since1900 - kUnixEpoch, microseconds);
}

} // namespace

bool describeDhcp(LayerTree& tree, const Message& message)
{
    if (!looksLikeDhcp(message.bytes))
        return false;
    const Bytes bytes = message.bytes;
    LayerNode& layer = addLayer(tree, "Dynamic Host Configuration Protocol", message, bytes.size());
    const bool request = loadU8(bytes, 0) == 1;
    const std::size_t hardware = loadU8(bytes, 2);
    addField(layer, message, "Operation", request ? "request" : "reply", 0, 1);
    addField(layer, message, "Hardware type", fmt::format("{}", loadU8(bytes, 1)), 1, 1);
    addField(layer, message, "Hops", fmt::format("{}", loadU8(bytes, 3)), 3, 1);
    addField(layer, message, "Transaction", fmt::format("0x{:08x}", loadBe32(bytes, 4)), 4, 4);
    addField(layer, message, "Seconds", fmt::format("{}", loadBe16(bytes, 8)), 8, 2);
    addField(layer, message, "Flags", (loadBe16(bytes, 10) & 0x8000U) != 0 ? "broadcast" : "unicast", 10, 2);
    addField(layer, message, "Client address", addressText(bytes.subspan(12, 4)), 12, 4);
    addField(layer, message, "Your address", addressText(bytes.subspan(16, 4)), 16, 4);
    addField(layer, message, "Next server", addressText(bytes.subspan(20, 4)), 20, 4);
    addField(layer, message, "Relay", addressText(bytes.subspan(24, 4)), 24, 4);
    addField(layer, message, "Client hardware address", hardwareText(bytes.subspan(28, hardware)), 28, hardware);
    const std::string type = addDhcpOptions(layer, message);
    layer.value = !type.empty() ? type : request ? "BOOTP request" : "BOOTP reply";
    tree.protocol = "DHCP";
    tree.summary = "DHCP " + layer.value;
    if (loadBe32(bytes, 16) != 0)
        tree.summary += " " + addressText(bytes.subspan(16, 4));
    return true;
}

bool describeNtp(LayerTree& tree, const Message& message)
{
    if (!looksLikeNtp(message.bytes))
        return false;
    static constexpr std::array kModes = {"reserved", "symmetric active", "symmetric passive", "client",
                                          "server",   "broadcast",        "control",           "private"};
    const Bytes bytes = message.bytes;
    const unsigned first = loadU8(bytes, 0);
    const unsigned mode = first & 7U;
    LayerNode& layer = addLayer(tree, "Network Time Protocol", message, bytes.size());
    layer.value = fmt::format("version {}, {}", first >> 3U & 7U, kModes[mode]);
    addField(layer, message, "Leap indicator", fmt::format("{}", first >> 6U), 0, 1);
    addField(layer, message, "Version", fmt::format("{}", first >> 3U & 7U), 0, 1);
    addField(layer, message, "Mode", kModes[mode], 0, 1);
    tree.protocol = "NTP";
    tree.summary = "NTP " + layer.value;
    if (mode >= 6 || bytes.size() < 48)
        return true;
    addField(layer, message, "Stratum", fmt::format("{}", loadU8(bytes, 1)), 1, 1);
    addField(layer, message, "Poll interval", fmt::format("2^{} s", static_cast<std::int8_t>(loadU8(bytes, 2))), 2, 1);
    addField(layer, message, "Precision", fmt::format("2^{} s", static_cast<std::int8_t>(loadU8(bytes, 3))), 3, 1);
    addField(layer, message, "Reference", hexText(bytes.subspan(12, 4)), 12, 4);
    addField(layer, message, "Reference time", ntpTime(bytes, 16), 16, 8);
    addField(layer, message, "Origin time", ntpTime(bytes, 24), 24, 8);
    addField(layer, message, "Receive time", ntpTime(bytes, 32), 32, 8);
    addField(layer, message, "Transmit time", ntpTime(bytes, 40), 40, 8);
    return true;
}

} // namespace timbre::protocol
