#pragma once

// What the Resonance dock shows the checks of: the flows of the capture, its pairs of hosts, or a recording. Pairs and
// recordings are checked when they are asked for, on a thread of their own; the answer stays until the capture changes.

#include "engine/pipeline/resonance_request.h"
#include "ui/bridge/engine_bridge.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QToolButton;

namespace timbre::ui {

class ResonanceSource : public QWidget {
    Q_OBJECT

public:
    using Results = std::shared_ptr<const resonance::MonitorResults>;

    explicit ResonanceSource(EngineBridge& bridge, QWidget* parent);

    /// Another capture forgets what was asked of the one before.
    void setCapture(CaptureId id, SnapshotPtr capture);
    /// Checks the recording and shows it.
    void show(std::shared_ptr<const recording::Recording> recording);

    [[nodiscard]] resonance::SubjectKind kind() const { return m_kind; }
    /// Null: there are none, or not yet.
    [[nodiscard]] Results results() const;
    [[nodiscard]] QString nameOf(std::uint32_t subject) const; // "Flow 12", "192.0.2.1 ↔ 192.0.2.9"
    [[nodiscard]] QString kindTitle() const;                   // "Flow", "Host pair", "Recording"
    /// How many there are, in words.
    [[nodiscard]] QString count(std::size_t subjects) const;
    /// Null for flows.
    [[nodiscard]] const resonance::Subject* subject(std::uint32_t number) const;
    /// What caps left out, in words; empty when nothing.
    [[nodiscard]] QString leftOut() const;
    /// Why there is nothing to show.
    [[nodiscard]] QString emptyText() const;
    [[nodiscard]] QComboBox& choice() { return *m_choice; }

signals:
    /// Other results, or none.
    void changed();

private:
    void chosen(int position);
    void choose(resonance::SubjectKind kind);
    void askForPairs();
    void answered(const pipeline::ResonanceAnswer& answer);
    void update();
    [[nodiscard]] pipeline::MaskSource masks() const;
    [[nodiscard]] const std::shared_ptr<const resonance::SubjectChecks>& checks() const;

    EngineBridge& m_bridge;
    QComboBox* m_choice = nullptr;
    QToolButton* m_again = nullptr;
    QLabel* m_progress = nullptr;
    resonance::SubjectKind m_kind = resonance::SubjectKind::Flow;
    CaptureId m_capture = 0;
    SnapshotPtr m_snapshot;
    std::shared_ptr<const recording::Recording> m_recording;
    std::shared_ptr<const resonance::SubjectChecks> m_pairs;
    std::shared_ptr<const resonance::SubjectChecks> m_recorded;
    std::uint64_t m_request = 0; // that is being worked on; 0: none
    resonance::SubjectKind m_asked = resonance::SubjectKind::HostPair;
    double m_fraction = 0.0;
    std::optional<Error> m_failure;         // of the last request
    pipeline::ResonanceRequests m_requests; // last: its thread posts to this
};

} // namespace timbre::ui
