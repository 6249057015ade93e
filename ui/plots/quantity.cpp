#include "ui/plots/quantity.h"

#include "ui/models/format.h"

#include <cmath>

namespace timbre::ui {

QString secondsText(std::int64_t ns)
{
    const bool negative = ns < 0;
    const std::uint64_t size = negative ? 0 - static_cast<std::uint64_t>(ns) : static_cast<std::uint64_t>(ns);
    constexpr std::uint64_t kSecond = 1'000'000'000;
    const QString fraction = QString::number(size % kSecond / 1000).rightJustified(6, QLatin1Char('0'));
    const QString sign = negative ? QStringLiteral("−") : QString();
    return sign + formatCount(size / kSecond) + QLatin1Char('.') + fraction;
}

double niceStep(double value)
{
    const double magnitude = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * magnitude >= value * (1.0 - 1e-12))
            return factor * magnitude;
    }
    return 10.0 * magnitude;
}

} // namespace timbre::ui
