#pragma once

// Ticks for axes. The time axis counts seconds since a base time, because a double cannot hold nanoseconds since 1970;
// its ticks fall on round times of the chosen zone. At most five labels, as on every axis of Timbre.

#include "engine/base/timestamp.h"

#include <qcustomplot.h>

#include <functional>

namespace timbre::ui {

inline constexpr int kMaxTicks = 5;

/// Round steps of capture time, labelled as clock times.
class TimeTicker : public QCPAxisTicker {
public:
    /// `decimals` is what tells neighbouring ticks apart.
    using Formatter = std::function<QString(Timestamp time, int decimals, bool withDate)>;

    void setBase(Timestamp base) { m_base = base; }
    [[nodiscard]] Timestamp base() const { return m_base; }
    void setFormatter(Formatter formatter) { m_formatter = std::move(formatter); }
    /// Minutes that the zone is ahead of UTC, so that days start at midnight there.
    void setZoneOffsetSeconds(int seconds) { m_zoneOffset = seconds; }
    void setMaxTicks(int count) { m_maxTicks = count; }

protected:
    double getTickStep(const QCPRange& range) override;
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar, int precision) override;
    int getSubTickCount(double tickStep) override;

private:
    Timestamp m_base;
    Formatter m_formatter;
    int m_zoneOffset = 0;
    int m_maxTicks = kMaxTicks;
    double m_step = 1.0;
};

/// Round values of a quantity, written by a function; symmetric axes show sizes without a sign.
class QuantityTicker : public QCPAxisTicker {
public:
    using Formatter = std::function<QString(double)>;

    explicit QuantityTicker(Formatter formatter, int maxTicks = kMaxTicks);
    /// Bytes and counts have no fractions.
    void setWholeNumbers(bool whole) { m_whole = whole; }

protected:
    double getTickStep(const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar, int precision) override;
    int getSubTickCount(double tickStep) override;

private:
    Formatter m_formatter;
    int m_maxTicks;
    bool m_whole = false;
};

/// Whole decades of an axis whose values are already logarithms to base ten.
class DecadeTicker : public QuantityTicker {
public:
    using QuantityTicker::QuantityTicker;

protected:
    double getTickStep(const QCPRange& range) override;
};

} // namespace timbre::ui
