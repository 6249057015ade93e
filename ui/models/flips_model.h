#pragma once

// The checks that other limits of the exact score would have judged differently: when, of what, the score, and what the
// status was and would be.

#include "engine/resonance/what_if.h"
#include "ui/theme/theme.h"

#include <QtCore/QAbstractTableModel>

#include <functional>

namespace timbre::ui {

class FlipsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Subject, Score, Before, After, NumColumns };
    enum Roles { SortRole = Qt::UserRole, RawRole };
    using TimeText = std::function<QString(Timestamp)>;
    using SubjectText = std::function<QString(std::uint32_t)>;

    FlipsModel(Theme& theme, TimeText timeText, SubjectText subjectText, QObject* parent);

    /// `results` hold the checks that `flips` names; null for none.
    void setFlips(std::shared_ptr<const resonance::MonitorResults> results, resonance::Flips flips,
                  const resonance::Limits& limits);
    [[nodiscard]] const resonance::CheckRecord& at(int row) const
    {
        return m_results->checks[m_flips.positions[static_cast<std::size_t>(row)]];
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Theme& m_theme;
    TimeText m_timeText;
    SubjectText m_subjectText;
    std::shared_ptr<const resonance::MonitorResults> m_results;
    resonance::Flips m_flips;
    resonance::Limits m_limits;
};

[[nodiscard]] Role roleOf(resonance::Status status);
/// "healthy", "warning", "compromised", for people.
[[nodiscard]] QString statusText(resonance::Status status);

} // namespace timbre::ui
