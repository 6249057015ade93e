#pragma once

// Impossible travel: the same user (here: the hash of a token) at two places that nobody can travel between in the
// time. Places come from a location database that the analyst names; without one this is never fed.

#include "engine/trends/anomaly.h"

#include <deque>
#include <set>
#include <unordered_map>

namespace timbre::trends {

struct TravelLimits {
    double maxSpeedKmh = 1'000.0;
    double minDistanceKm = 50.0;
    std::int64_t historyMs = 24 * 3'600'000LL;
    std::size_t maxHistory = 10;    // log-ins per user
    std::size_t maxUsers = 100'000; // newcomers beyond are not watched; counted
};

struct Login {
    std::string user;
    std::int64_t timeMs = 0;
    std::string address;
    double latitude = 0;  // degrees
    double longitude = 0; // degrees
    std::string country;
    std::optional<double> accuracyKm;
    std::string device; // empty: unknown
    std::uint32_t flow = kNoFlowIndex;
};

struct TravelAlert {
    Severity severity = Severity::Low;
    double distanceKm = 0;
    double hours = 0;
    double speedKmh = 0; // −1: no time passed
    double confidence = 0;
    Login from;
    Login to;
};

/// Great-circle distance in km; arguments in degrees.
[[nodiscard]] double haversineKm(double latitudeA, double longitudeA, double latitudeB, double longitudeB);

class TravelDetector {
public:
    struct Statistics {
        std::size_t users = 0;
        std::uint64_t logins = 0;
        std::uint64_t alerts = 0;
        std::size_t allowedRoutes = 0;
        std::uint64_t usersRefused = 0;
    };

    explicit TravelDetector(TravelLimits limits = {});

    /// Log-ins at impossible coordinates are ignored.
    std::optional<TravelAlert> login(const Login& login);
    void allowRoute(const std::string& user, const std::string& a, const std::string& b);
    void forbidRoute(const std::string& user, const std::string& a, const std::string& b);
    void clearUser(const std::string& user);
    [[nodiscard]] std::vector<std::int64_t> history(const std::string& user) const;
    [[nodiscard]] Statistics statistics() const;

private:
    using Route = std::pair<std::string, std::string>;

    [[nodiscard]] std::optional<TravelAlert> judge(const Login& from, const Login& to) const;
    [[nodiscard]] bool allowed(const std::string& user, const Route& route) const;

    TravelLimits m_limits;
    std::unordered_map<std::string, std::deque<Login>> m_history;
    std::unordered_map<std::string, std::set<Route>> m_allowed;
    std::uint64_t m_logins = 0;
    std::uint64_t m_alerts = 0;
    std::uint64_t m_usersRefused = 0;
};

} // namespace timbre::trends
