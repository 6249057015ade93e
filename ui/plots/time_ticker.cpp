#include "ui/plots/time_ticker.h"

#include "ui/plots/quantity.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace timbre::ui {

namespace {

// Above a second steps follow the clock, not powers of ten.
constexpr std::array kClockSteps = {1.0,       2.0,       5.0,         10.0,        15.0,        30.0,
                                    60.0,      120.0,     300.0,       600.0,       900.0,       1800.0,
                                    3600.0,    7200.0,    10'800.0,    21'600.0,    43'200.0,    86'400.0,
                                    172'800.0, 604'800.0, 1'209'600.0, 2'592'000.0, 7'776'000.0, 31'536'000.0};

double clockStep(double value)
{
    if (value <= 1.0)
        return std::max(1e-9, niceStep(std::max(value, 1e-9)));
    const auto step = std::lower_bound(kClockSteps.begin(), kClockSteps.end(), value);
    return step == kClockSteps.end() ? niceStep(value / kClockSteps.back()) * kClockSteps.back() : *step;
}

} // namespace

double TimeTicker::getTickStep(const QCPRange& range)
{
    m_step = clockStep(range.size() / m_maxTicks);
    return m_step;
}

QVector<double> TimeTicker::createTickVector(double tickStep, const QCPRange& range)
{
    // Aligned in whole nanoseconds of local time since 1970; a double would round.
    const auto stepNs = std::max<std::int64_t>(1, std::llround(tickStep * 1e9));
    const std::int64_t localBase = m_base.ns + m_zoneOffset * kNsPerSecond;
    const std::int64_t remainder = ((localBase % stepNs) + stepNs) % stepNs;
    const double phase = -static_cast<double>(remainder) / 1e9; // of the last round time before the base
    QVector<double> ticks;
    const double step = static_cast<double>(stepNs) / 1e9;
    constexpr int kBound = 100; // a range can not ask for more than m_maxTicks + 1 anyway
    for (double k = std::ceil((range.lower - phase) / step); phase + k * step <= range.upper && ticks.size() < kBound;
         ++k)
        ticks.append(phase + k * step);
    return ticks;
}

QString TimeTicker::getTickLabel(double tick, const QLocale& /*locale*/, QChar /*formatChar*/, int /*precision*/)
{
    const int decimals = m_step >= 1.0 ? 0 : std::min(9, static_cast<int>(std::ceil(-std::log10(m_step) - 1e-9)));
    const Timestamp time{m_base.ns + std::llround(tick * 1e9)};
    return m_formatter ? m_formatter(time, decimals, m_step >= 86'400.0) : QString::number(tick);
}

int TimeTicker::getSubTickCount(double /*tickStep*/)
{
    return 0;
}

QuantityTicker::QuantityTicker(Formatter formatter, int maxTicks)
    : m_formatter(std::move(formatter))
    , m_maxTicks(maxTicks)
{
}

double QuantityTicker::getTickStep(const QCPRange& range)
{
    const double step = niceStep(std::max(range.size(), 1e-12) / m_maxTicks);
    return m_whole ? std::max(1.0, step) : step;
}

QString QuantityTicker::getTickLabel(double tick, const QLocale& /*locale*/, QChar /*formatChar*/, int /*precision*/)
{
    return m_formatter(tick);
}

int QuantityTicker::getSubTickCount(double /*tickStep*/)
{
    return 0;
}

double DecadeTicker::getTickStep(const QCPRange& range)
{
    return std::max(1.0, std::ceil(range.size() / kMaxTicks));
}

} // namespace timbre::ui
