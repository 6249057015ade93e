#pragma once

// The library of masks: own, imported and bundled ones, each spelled out below the list. Mask files are dropped here;
// what breaks a rule is refused with a sentence that names the field.

#include "engine/pipeline/recording_desk.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"

class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace timbre::ui {

class MaskView;
class MasksModel;

class MasksDock : public Dock {
    Q_OBJECT

public:
    MasksDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    QWidget* focusTarget() override;

    /// False when there is no such mask yet: it is selected when it comes.
    bool select(const QString& id);
    [[nodiscard]] std::optional<NoteChoice> noteChoice() const override;
    void importFiles(const QStringList& paths);

signals:
    void problemArose(const QString& sentence);
    void said(const QString& text);

protected:
    void themeChanged() override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeBar();
    void makeMenu();
    /// Null for no row of the table.
    [[nodiscard]] const pipeline::DeskMask* maskAt(const QModelIndex& index) const;
    void deskChanged();
    void currentChanged();
    void testAgainst(const QString& recordingId);
    void importReported(const QStringList& paths, const std::vector<pipeline::ImportedMask>& results);
    void chooseImport();
    void exportSelected();
    void exportTo(const QStringList& ids, const QString& target, bool overwrite);
    void signCurrent();
    /// The private key's file to sign with: the only one there is, or the one that is chosen. Empty: none was.
    [[nodiscard]] QString keyFileToSignWith();
    void removeSelected();
    [[nodiscard]] QStringList selectedIds() const;

    EngineBridge& m_bridge;
    MasksModel* m_model = nullptr;
    QSortFilterProxyModel* m_sorted = nullptr; // of the table
    QLineEdit* m_search = nullptr;
    QTableView* m_table = nullptr;
    MaskView* m_view = nullptr;
    QString m_shown; // id of the mask that is spelled out
    std::string m_shownText;
    std::shared_ptr<const std::vector<recording::Recording>> m_recordings; // offered to test against
    QString m_wanted;                                                      // to be selected when it is there
};

} // namespace timbre::ui
