#pragma once

// Records how a service's traffic behaves, without its payload: what is to be recorded, sessions as they move towards
// 500 packets and 60 s, and the recordings there are, with their distributions, notes, comparison and deletion.

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"
#include "ui/recordings/recordings_model.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSortFilterProxyModel;
class QSpinBox;
class QTableView;

namespace timbre::ui {

class DistributionPlots;

class RecorderDock : public Dock {
    Q_OBJECT

public:
    RecorderDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    QWidget* focusTarget() override;

    /// False when there is no such recording, or it is searched away.
    bool select(const QString& id);
    [[nodiscard]] std::optional<NoteChoice> noteChoice() const override;

    [[nodiscard]] RecordingsModel& model() { return *m_model; }
    [[nodiscard]] QTableView& table() { return *m_table; }

signals:
    void problemArose(const QString& sentence);
    void said(const QString& text);
    /// A mask was made of a recording and is in the library.
    void maskMade(const QString& id);
    /// A recording is to be checked against the masks.
    void checkRequested(const recording::SessionId& id);

protected:
    void focusChanged(FocusParts parts) override;
    void themeChanged() override;

private:
    enum class What { SelectedFlows, Filter, HostAndPort };

    QWidget* makeForm();
    QWidget* makeList();
    QWidget* makeDetail();
    void updateForm();
    void start();
    [[nodiscard]] std::optional<pipeline::RecordingSelection> selection();
    [[nodiscard]] std::optional<pipeline::RecordingSelection> selectionByFilter(const QString& filter,
                                                                                const QString& words);
    void makeMenu();
    void checkSelected();
    void askForOther();
    [[nodiscard]] std::vector<const RecordingRow*> others(const RecordingRow& one) const;
    void stopSelected();
    void deskChanged();
    void selectionChanged();
    void showRow(const RecordingRow& row);
    void showStored(const recording::SessionId& id);
    void showPair(const recording::SessionId& a, const recording::SessionId& b);
    void stopOrDelete();
    void makeMask();
    void keepNotes();
    [[nodiscard]] std::vector<const RecordingRow*> selectedRows() const;
    [[nodiscard]] QString factsOf(const RecordingRow& row) const;

    EngineBridge& m_bridge;
    RecordingsModel* m_model = nullptr;
    QSortFilterProxyModel* m_sorted = nullptr; // of the table
    QLineEdit* m_service = nullptr;
    QComboBox* m_what = nullptr;
    QLineEdit* m_filter = nullptr;
    QLabel* m_whatText = nullptr;
    QCheckBox* m_swap = nullptr;
    QCheckBox* m_payloadOnly = nullptr;
    QSpinBox* m_idle = nullptr;
    QPushButton* m_record = nullptr;
    QLineEdit* m_search = nullptr;
    QTableView* m_table = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_discard = nullptr;
    QPushButton* m_mask = nullptr;
    QPushButton* m_check = nullptr;
    QLabel* m_facts = nullptr;
    QProgressBar* m_packets = nullptr;
    QProgressBar* m_seconds = nullptr;
    DistributionPlots* m_plots = nullptr;
    QLineEdit* m_notes = nullptr;
    recording::SessionId m_shown{};                            // whose distributions are drawn
    std::optional<std::array<recording::SessionId, 2>> m_pair; // or the two that are compared
};

} // namespace timbre::ui
