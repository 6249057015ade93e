#pragma once

// Building the layer tree. Every layer is a function that appends its node and says what comes next; a loop in
// layer_tree.cpp calls one after the other, so that nested frames cost no stack. All reads go through Layer, which
// checks them against the captured bytes: a header that was cut shows the fields that are there and where the cut is.

#include "engine/decode/layer_tree.h"
#include "engine/decode/packet.h"

#include <string_view>

namespace timbre::decode {

enum class LayerKind : std::uint8_t {
    End,
    Link, // number: link type
    Ethernet,
    EtherType, // number: ethertype of what begins at `at`
    Llc,
    Ppp,
    Mpls,
    Wireless,
    RawIp,      // by the version nibble
    IpProtocol, // number: IP protocol
    Udp,        // the payload of a datagram, which may be a tunnel; ports are in the tree
    Erspan,     // number: GRE protocol and flags
};

/// What follows a layer.
struct NextLayer {
    LayerKind kind = LayerKind::End;
    std::uint32_t number = 0;
    std::size_t at = 0; // into the frame
};

struct TreeContext {
    LayerTree& tree;
    Bytes bytes;            // of the frame, shortened to what the IP lengths allow
    std::size_t wireEnd;    // where the innermost packet ends by its lengths; beyond `bytes` when the capture cut it
    bool ipv6 = false;      // of the last IP header
    bool padded = false;    // 802.11: data is padded, as radiotap said
    std::size_t dataAt = 0; // behind the last header that was understood

    [[nodiscard]] std::size_t available(std::size_t at) const { return at < bytes.size() ? bytes.size() - at : 0; }
    [[nodiscard]] Bytes from(std::size_t at) const { return bytes.subspan(std::min(at, bytes.size())); }
    /// The lengths of a header end the packet here; they never lengthen what an outer header allows.
    void limit(std::size_t end);
};

/// A header and its fields.
class Layer {
public:
    /// `protocol`: what the packet list calls it; empty to leave it.
    Layer(TreeContext& context, std::string_view name, std::size_t at, std::size_t length,
          std::string_view protocol = {});

    /// All of the header was captured.
    [[nodiscard]] bool complete() const { return m_complete; }
    void setValue(std::string value) { node().value = std::move(value); }
    void setLength(std::size_t length);

    // Offsets are from the start of the layer. What was not captured reads as 0 and gets no field.
    [[nodiscard]] bool has(std::size_t offset, std::size_t length) const;
    [[nodiscard]] std::uint8_t u8(std::size_t offset) const;
    [[nodiscard]] std::uint16_t be16(std::size_t offset) const;
    [[nodiscard]] std::uint16_t le16(std::size_t offset) const;
    [[nodiscard]] std::uint32_t be32(std::size_t offset) const;
    [[nodiscard]] std::uint32_t le32(std::size_t offset) const;
    [[nodiscard]] std::string mac(std::size_t offset) const;
    [[nodiscard]] IpAddress address(std::size_t offset, std::size_t length) const;
    [[nodiscard]] std::string hex(std::size_t offset, std::size_t length) const;

    /// Null when the bytes of the field were not captured. Valid until the next field.
    LayerNode* field(std::string_view name, std::size_t offset, std::size_t length, std::string value,
                     std::string filter = {});
    /// A field made up from others.
    void derived(std::string_view name, std::string value, std::string filter = {});
    void child(LayerNode* parent, std::string_view name, std::size_t offset, std::size_t length,
               std::string value) const;
    void addressField(std::string_view name, std::size_t offset, std::size_t length);
    /// Says where the header ends short, once all its fields are there.
    void finish();

    [[nodiscard]] std::size_t at() const { return m_at; }

private:
    LayerNode& node() { return m_context.tree.layers[m_index]; }

    TreeContext& m_context;
    std::size_t m_index;
    std::size_t m_at;
    std::size_t m_length;
    bool m_complete;
};

inline constexpr std::size_t kMaxShownLayers = 100;
inline constexpr std::size_t kMaxShownItems = 64; // options, chunks, subheaders of one layer

[[nodiscard]] NextLayer linkLayer(TreeContext& context, std::uint16_t linkType, std::size_t at);
[[nodiscard]] NextLayer ethernetLayer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer etherTypeLayer(TreeContext& context, std::uint16_t etherType, std::size_t at);
[[nodiscard]] NextLayer llcLayer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer pppLayer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer mplsLayers(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer wirelessLayer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer radiotapLayer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer rawIpLayer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer ipv4Layer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer ipv6Layer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer arpLayer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer ipProtocolLayer(TreeContext& context, std::uint8_t protocol, std::size_t at);
[[nodiscard]] NextLayer tcpLayer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer udpLayer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer sctpLayer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer icmpLayer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer icmp6Layer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer greLayer(TreeContext& context, std::size_t at);
[[nodiscard]] NextLayer erspanLayer(TreeContext& context, std::uint32_t greProtocolAndFlags, std::size_t at);
/// What a UDP datagram carries, if its port is one of a tunnel.
[[nodiscard]] NextLayer udpTunnelLayer(TreeContext& context, std::size_t at);

} // namespace timbre::decode
