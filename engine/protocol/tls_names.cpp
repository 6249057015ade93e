// Names of the numbers in TLS messages, as IANA lists them.

#include "engine/protocol/field_writer_private.h"

namespace timbre::protocol {

namespace {

struct Named {
    std::uint16_t number;
    const char* name;
};

/// RFC 8701: 0x0a0a, 0x1a1a … in any list, there only to be ignored.
bool isGrease(std::uint16_t value)
{
    return (value & 0x0f0fU) == 0x0a0a && value >> 8U == (value & 0xffU);
}

template<std::size_t Size>
std::string nameOf(const Named (&table)[Size], std::uint16_t number, const char* format)
{
    for (const Named& entry : table) {
        if (entry.number == number)
            return entry.name;
    }
    if (isGrease(number))
        return fmt::format("GREASE 0x{:04x}", number);
    return fmt::format(fmt::runtime(format), number);
}

constexpr Named kVersions[] = {
    {0x0300, "SSL 3.0"},  {0x0301, "TLS 1.0"},  {0x0302, "TLS 1.1"},  {0x0303, "TLS 1.2"},         {0x0304, "TLS 1.3"},
    {0xfeff, "DTLS 1.0"}, {0xfefd, "DTLS 1.2"}, {0xfefc, "DTLS 1.3"}, {0x0100, "DTLS before 1.0"},
};

constexpr Named kCiphers[] = {
    {0x0000, "TLS_NULL_WITH_NULL_NULL"},
    {0x0004, "TLS_RSA_WITH_RC4_128_MD5"},
    {0x0005, "TLS_RSA_WITH_RC4_128_SHA"},
    {0x0009, "TLS_RSA_WITH_DES_CBC_SHA"},
    {0x000a, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"},
    {0x0013, "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA"},
    {0x0016, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA"},
    {0x002f, "TLS_RSA_WITH_AES_128_CBC_SHA"},
    {0x0032, "TLS_DHE_DSS_WITH_AES_128_CBC_SHA"},
    {0x0033, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"},
    {0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA"},
    {0x0038, "TLS_DHE_DSS_WITH_AES_256_CBC_SHA"},
    {0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"},
    {0x003c, "TLS_RSA_WITH_AES_128_CBC_SHA256"},
    {0x003d, "TLS_RSA_WITH_AES_256_CBC_SHA256"},
    {0x0041, "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA"},
    {0x0067, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256"},
    {0x006b, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256"},
    {0x0084, "TLS_RSA_WITH_CAMELLIA_256_CBC_SHA"},
    {0x009c, "TLS_RSA_WITH_AES_128_GCM_SHA256"},
    {0x009d, "TLS_RSA_WITH_AES_256_GCM_SHA384"},
    {0x009e, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"},
    {0x009f, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"},
    {0x00ff, "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"},
    {0x1301, "TLS_AES_128_GCM_SHA256"},
    {0x1302, "TLS_AES_256_GCM_SHA384"},
    {0x1303, "TLS_CHACHA20_POLY1305_SHA256"},
    {0x1304, "TLS_AES_128_CCM_SHA256"},
    {0x1305, "TLS_AES_128_CCM_8_SHA256"},
    {0x5600, "TLS_FALLBACK_SCSV"},
    {0xc007, "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA"},
    {0xc008, "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA"},
    {0xc009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"},
    {0xc00a, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"},
    {0xc011, "TLS_ECDHE_RSA_WITH_RC4_128_SHA"},
    {0xc012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"},
    {0xc013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"},
    {0xc014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"},
    {0xc023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"},
    {0xc024, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"},
    {0xc027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"},
    {0xc028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"},
    {0xc02b, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"},
    {0xc02c, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"},
    {0xc02f, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"},
    {0xc030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"},
    {0xc09c, "TLS_RSA_WITH_AES_128_CCM"},
    {0xc09d, "TLS_RSA_WITH_AES_256_CCM"},
    {0xc0ac, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM"},
    {0xc0ad, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM"},
    {0xcca8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"},
    {0xcca9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"},
    {0xccaa, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256"},
};

constexpr Named kExtensions[] = {
    {0, "Server name"},
    {1, "Maximum fragment length"},
    {5, "Status request"},
    {10, "Supported groups"},
    {11, "EC point formats"},
    {13, "Signature algorithms"},
    {14, "Use SRTP"},
    {15, "Heartbeat"},
    {16, "Application protocols (ALPN)"},
    {17, "Status request v2"},
    {18, "Signed certificate timestamp"},
    {21, "Padding"},
    {22, "Encrypt then MAC"},
    {23, "Extended main secret"},
    {27, "Compress certificate"},
    {28, "Record size limit"},
    {34, "Delegated credentials"},
    {35, "Session ticket"},
    {41, "Pre-shared key"},
    {42, "Early data"},
    {43, "Supported versions"},
    {44, "Cookie"},
    {45, "PSK key exchange modes"},
    {47, "Certificate authorities"},
    {49, "Post-handshake authentication"},
    {50, "Signature algorithms of certificates"},
    {51, "Key share"},
    {57, "QUIC transport parameters"},
    {13172, "Next protocol negotiation"},
    {17513, "Application settings"},
    {17613, "Application settings (new)"},
    {30032, "Channel id"},
    {65037, "Encrypted ClientHello"},
    {65281, "Renegotiation info"},
};

constexpr Named kGroups[] = {
    {21, "secp224r1"},
    {22, "secp256k1"},
    {23, "secp256r1"},
    {24, "secp384r1"},
    {25, "secp521r1"},
    {29, "x25519"},
    {30, "x448"},
    {256, "ffdhe2048"},
    {257, "ffdhe3072"},
    {258, "ffdhe4096"},
    {4587, "SecP256r1MLKEM768"},
    {4588, "X25519MLKEM768"},
    {25497, "X25519Kyber768Draft00"},
};

constexpr Named kHandshakes[] = {
    {0, "HelloRequest"},        {1, "ClientHello"},         {2, "ServerHello"},        {3, "HelloVerifyRequest"},
    {4, "NewSessionTicket"},    {8, "EncryptedExtensions"}, {11, "Certificate"},       {12, "ServerKeyExchange"},
    {13, "CertificateRequest"}, {14, "ServerHelloDone"},    {15, "CertificateVerify"}, {16, "ClientKeyExchange"},
    {20, "Finished"},           {22, "CertificateStatus"},
};

constexpr Named kAlerts[] = {
    {0, "close notify"},
    {10, "unexpected message"},
    {20, "bad record MAC"},
    {22, "record overflow"},
    {40, "handshake failure"},
    {42, "bad certificate"},
    {43, "unsupported certificate"},
    {44, "certificate revoked"},
    {45, "certificate expired"},
    {46, "certificate unknown"},
    {47, "illegal parameter"},
    {48, "unknown CA"},
    {49, "access denied"},
    {50, "decode error"},
    {51, "decrypt error"},
    {70, "protocol version"},
    {71, "insufficient security"},
    {80, "internal error"},
    {86, "inappropriate fallback"},
    {90, "user cancelled"},
    {100, "no renegotiation"},
    {109, "missing extension"},
    {110, "unsupported extension"},
    {112, "unrecognised name"},
    {116, "certificate required"},
    {120, "no application protocol"},
};

} // namespace

std::string tlsVersionName(std::uint16_t version)
{
    return nameOf(kVersions, version, "version 0x{:04x}");
}

std::string tlsCipherName(std::uint16_t cipher)
{
    return nameOf(kCiphers, cipher, "cipher suite 0x{:04x}");
}

std::string tlsExtensionName(std::uint16_t type)
{
    return nameOf(kExtensions, type, "Extension {}");
}

std::string tlsGroupName(std::uint16_t group)
{
    return nameOf(kGroups, group, "group 0x{:04x}");
}

std::string tlsRecordName(std::uint8_t type)
{
    switch (type) {
    case 20:
        return "change cipher spec";
    case 21:
        return "alert";
    case 22:
        return "handshake";
    case 23:
        return "application data";
    case 25:
        return "encrypted with connection id";
    default:
        return fmt::format("content type {}", type);
    }
}

std::string tlsHandshakeName(std::uint8_t type)
{
    for (const Named& entry : kHandshakes) {
        if (entry.number == type)
            return entry.name;
    }
    return {};
}

std::string tlsAlertName(std::uint8_t code)
{
    return nameOf(kAlerts, code, "alert {}");
}

} // namespace timbre::protocol
