// Short cuts of the checks for each signal, against looking through all recent signals.

#include "engine/trends/checks.h"
#include "engine/trends/recent_signals.h"

#include <QTest>

#include <random>

using namespace timbre;
using namespace timbre::trends;

namespace {

/// As the rule reads: enough signals, and gaps that are short and vary little.
bool isTimed(std::span<const Signal> recent, const CheckLimits& limits)
{
    std::vector<double> times;
    for (const Signal& signal : recent)
        if (signal.type == SignalType::Timing)
            times.push_back(static_cast<double>(signal.timeMs));
    if (times.size() < std::max<std::size_t>(limits.timingSignals, 2))
        return false;
    const double gaps = static_cast<double>(times.size() - 1);
    const double mean = (times.back() - times.front()) / gaps;
    double squares = 0;
    for (std::size_t i = 1; i < times.size(); ++i)
        squares += (times[i] - times[i - 1] - mean) * (times[i] - times[i - 1] - mean);
    return squares / gaps < limits.timingVariance && mean < limits.timingMeanMs;
}

Signal signalOf(SignalType type, std::int64_t timeMs, StringId value)
{
    Signal signal;
    signal.type = type;
    signal.timeMs = timeMs;
    signal.entity = 1;
    signal.value = value;
    return signal;
}

} // namespace

class SignalCheckTest : public QObject {
    Q_OBJECT

private slots:
    void timingAsTheRuleReads()
    {
        std::mt19937 random(1);
        const CheckLimits limits;
        const StringPool names;
        std::size_t found = 0;
        for (int round = 0; round < 20'000; ++round) {
            std::vector<Signal> recent;
            std::int64_t now = 0;
            const std::int64_t gap = random() % 1200;
            const std::int64_t jitter = 1 + random() % 60;
            for (std::size_t n = 1 + random() % 100; n > 0; --n) {
                const bool timing = random() % 4 != 0;
                now += timing ? gap + static_cast<std::int64_t>(random() % static_cast<unsigned>(jitter)) : 0;
                recent.push_back(signalOf(timing ? SignalType::Timing : SignalType::RequestPattern, now, 1));
            }
            recent.push_back(signalOf(SignalType::Timing, now + gap, 1));
            const bool timed = checkSignal(recent.back(), recent, limits, names).has_value();
            QCOMPARE(timed, isTimed(recent, limits));
            found += timed ? 1 : 0;
        }
        QVERIFY(found > 1000 && found < 19'000);
    }

    void oneFingerprintIsNeverSaidOfTwo()
    {
        std::mt19937 random(2);
        std::size_t sure = 0;
        for (int round = 0; round < 300; ++round) {
            RecentSignals recent(1 + random() % 12, 4);
            const auto changesOneIn = 1 + random() % 40;
            StringId value = random() % 2;
            for (std::int64_t now = 0; now < 300; ++now) {
                value = random() % changesOneIn == 0 ? random() % 4 : value;
                const SignalType type = random() % 2 == 0 ? SignalType::Ja4 : SignalType::Ip;
                const auto list = recent.add(signalOf(type, now - static_cast<std::int64_t>(random() % 20), value));
                std::vector<StringId> values;
                for (const Signal& signal : list)
                    if (signal.type == SignalType::Ja4)
                        values.push_back(signal.value);
                const bool one =
                    std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end();
                QVERIFY(one || !recent.surelyOneJa4());
                sure += recent.surelyOneJa4() ? 1 : 0;
                if (random() % 30 == 0)
                    recent.forget(now - 10);
            }
        }
        QVERIFY(sure > 10'000);
    }
};

QTEST_GUILESS_MAIN(SignalCheckTest)
#include "signal_check_test.moc"
