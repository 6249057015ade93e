#include "engine/trends/travel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace timbre::trends {

namespace {

constexpr double kEarthRadiusKm = 6371.0;
constexpr double kMsPerHour = 3'600'000.0;
constexpr double kShortestHours = 0.0001;

double radians(double degrees)
{
    return degrees * std::numbers::pi / 180.0;
}

bool possible(double degrees, double most)
{
    return std::isfinite(degrees) && degrees >= -most && degrees <= most;
}

std::pair<std::string, std::string> routeOf(const std::string& a, const std::string& b)
{
    return a < b ? std::pair(a, b) : std::pair(b, a);
}

Severity severityOfTravel(double speed, double distance)
{
    if (speed > 10'000)
        return Severity::Critical;
    if (speed > 5'000 || distance > 10'000)
        return Severity::High;
    return speed > 2'000 || distance > 5'000 ? Severity::Medium : Severity::Low;
}

double confidenceOf(const Login& from, const Login& to, double speed)
{
    double confidence = 0.5;
    if (from.country != to.country)
        confidence += 0.2;
    if (from.accuracyKm && to.accuracyKm) {
        const double accuracy = (*from.accuracyKm + *to.accuracyKm) / 2;
        confidence += accuracy > 100 ? -0.2 : accuracy < 25 ? 0.1 : 0.0;
    }
    if (speed > 5'000)
        confidence += 0.15;
    if (!from.device.empty() && from.device == to.device)
        confidence += 0.15;
    return std::clamp(confidence, 0.0, 1.0);
}

} // namespace

double haversineKm(double latitudeA, double longitudeA, double latitudeB, double longitudeB)
{
    const double sinLatitude = std::sin(radians(latitudeB - latitudeA) / 2);
    const double sinLongitude = std::sin(radians(longitudeB - longitudeA) / 2);
    const double a = sinLatitude * sinLatitude +
                     std::cos(radians(latitudeA)) * std::cos(radians(latitudeB)) * sinLongitude * sinLongitude;
    return 2 * kEarthRadiusKm * std::asin(std::min(1.0, std::sqrt(a)));
}

TravelDetector::TravelDetector(TravelLimits limits)
    : m_limits(limits)
{
}

std::optional<TravelAlert> TravelDetector::login(const Login& login)
{
    if (!possible(login.latitude, 90) || !possible(login.longitude, 180))
        return std::nullopt;
    if (!m_history.contains(login.user) && m_history.size() >= m_limits.maxUsers) {
        ++m_usersRefused;
        return std::nullopt;
    }
    ++m_logins;
    auto& history = m_history[login.user];
    while (!history.empty() && history.front().timeMs < login.timeMs - m_limits.historyMs)
        history.pop_front();
    std::optional<TravelAlert> alert;
    if (!history.empty())
        alert = judge(history.back(), login);
    history.push_back(login);
    if (history.size() > m_limits.maxHistory)
        history.pop_front();
    m_alerts += alert ? 1 : 0;
    return alert;
}

std::optional<TravelAlert> TravelDetector::judge(const Login& from, const Login& to) const
{
    const double distance = haversineKm(from.latitude, from.longitude, to.latitude, to.longitude);
    if (distance < m_limits.minDistanceKm)
        return std::nullopt;
    const double hours = static_cast<double>(std::max<std::int64_t>(0, to.timeMs - from.timeMs)) / kMsPerHour;
    double speed = std::numeric_limits<double>::infinity();
    if (hours >= kShortestHours) {
        speed = distance / hours;
        if (!(speed > m_limits.maxSpeedKmh) || allowed(to.user, routeOf(from.country, to.country)))
            return std::nullopt;
    }
    TravelAlert alert;
    alert.severity = severityOfTravel(speed, distance);
    alert.distanceKm = distance;
    alert.hours = hours;
    alert.speedKmh = std::isinf(speed) ? -1.0 : speed;
    alert.confidence = confidenceOf(from, to, speed);
    alert.from = from;
    alert.to = to;
    return alert;
}

bool TravelDetector::allowed(const std::string& user, const Route& route) const
{
    const auto found = m_allowed.find(user);
    return found != m_allowed.end() && found->second.contains(route);
}

void TravelDetector::allowRoute(const std::string& user, const std::string& a, const std::string& b)
{
    m_allowed[user].insert(routeOf(a, b));
}

void TravelDetector::forbidRoute(const std::string& user, const std::string& a, const std::string& b)
{
    const auto found = m_allowed.find(user);
    if (found == m_allowed.end())
        return;
    found->second.erase(routeOf(a, b));
    if (found->second.empty())
        m_allowed.erase(found);
}

void TravelDetector::clearUser(const std::string& user)
{
    m_history.erase(user);
    m_allowed.erase(user);
}

std::vector<std::int64_t> TravelDetector::history(const std::string& user) const
{
    std::vector<std::int64_t> times;
    if (const auto found = m_history.find(user); found != m_history.end())
        for (const Login& login : found->second)
            times.push_back(login.timeMs);
    return times;
}

TravelDetector::Statistics TravelDetector::statistics() const
{
    Statistics result{m_history.size(), m_logins, m_alerts, 0, m_usersRefused};
    for (const auto& [user, routes] : m_allowed)
        result.allowedRoutes += routes.size();
    return result;
}

} // namespace timbre::trends
