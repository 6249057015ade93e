#include "engine/trends/signal.h"

namespace timbre::trends {

namespace {

struct TypeFacts {
    const char* name;
    const char* title;
    Category category;
};

constexpr std::array<TypeFacts, kSignalTypes> kTypes{{
    {"jwt", "JSON web token", Category::AuthToken},
    {"api_key", "API key", Category::AuthToken},
    {"session_cookie", "Session cookie", Category::AuthToken},
    {"bearer", "Bearer token", Category::AuthToken},
    {"basic", "Basic credentials", Category::AuthToken},
    {"custom_auth", "Other authorization", Category::AuthToken},
    {"http_fingerprint", "User agent", Category::Device},
    {"header_order", "Header order", Category::Device},
    {"client_hints", "Client hints", Category::Device},
    {"accept_pattern", "Accept headers", Category::Device},
    {"ip", "Address", Category::Network},
    {"tls_fingerprint", "TLS fingerprint (JA3)", Category::Network},
    {"asn", "Network (ASN)", Category::Network},
    {"geo", "Country", Category::Network},
    {"ja4", "TLS fingerprint (JA4)", Category::Network},
    {"ja4h", "HTTP fingerprint (JA4H)", Category::Network},
    {"timing", "Time between requests", Category::Behavioral},
    {"navigation", "Path from page to page", Category::Behavioral},
    {"request_pattern", "Request pattern", Category::Behavioral},
    {"dlp_match", "Sensitive data", Category::Behavioral},
}};

constexpr std::array<std::array<const char*, 2>, kCategories> kCategoryNames{{
    {"auth_token", "Credentials"},
    {"device", "Device"},
    {"network", "Network"},
    {"behavioral", "Behaviour"},
}};

} // namespace

Category categoryOf(SignalType type)
{
    return kTypes[static_cast<std::size_t>(type)].category;
}

const char* toString(SignalType type)
{
    return kTypes[static_cast<std::size_t>(type)].name;
}

const char* titleOf(SignalType type)
{
    return kTypes[static_cast<std::size_t>(type)].title;
}

const char* toString(Category category)
{
    return kCategoryNames[static_cast<std::size_t>(category)][0];
}

const char* titleOf(Category category)
{
    return kCategoryNames[static_cast<std::size_t>(category)][1];
}

std::optional<SignalType> signalTypeOf(std::string_view name)
{
    for (const SignalType type : allSignalTypes())
        if (name == toString(type))
            return type;
    return std::nullopt;
}

std::optional<Category> categoryNamed(std::string_view name)
{
    for (std::size_t i = 0; i < kCategories; ++i)
        if (name == kCategoryNames[i][0])
            return static_cast<Category>(i);
    return std::nullopt;
}

bool isTokenHash(SignalType type)
{
    return categoryOf(type) == Category::AuthToken || type == SignalType::DlpMatch;
}

const std::array<SignalType, kSignalTypes>& allSignalTypes()
{
    static const auto types = [] {
        std::array<SignalType, kSignalTypes> list{};
        for (std::size_t i = 0; i < kSignalTypes; ++i)
            list[i] = static_cast<SignalType>(i);
        return list;
    }();
    return types;
}

} // namespace timbre::trends
