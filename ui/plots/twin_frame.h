#pragma once

// A plot or another drawing and its table twin: the same data as rows, for those who want numbers or cannot see the
// drawing, reached by a button or from the menu; copying the data and saving a picture are there too. The twin is
// filled when it is opened.

#include "ui/focus/focus.h"
#include "ui/keys/view_keys.h"
#include "ui/plots/plot_table.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QWidget>

class QLabel;
class QMenu;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace timbre::ui {

class TwinFrame : public QWidget {
    Q_OBJECT

public:
    /// `title` also names the drawing for screen readers and the picture's file. Takes the drawing over.
    TwinFrame(const QString& title, Theme& theme, QWidget& drawing, QWidget* parent = nullptr, bool showTitle = true);

    [[nodiscard]] QWidget& drawing() { return *m_drawing; }
    [[nodiscard]] QTableView& table() { return *m_view; }
    /// Gives the twin's data when asked; call tableChanged() when the drawing shows something else.
    void setTableMaker(std::function<PlotTable()> maker) { m_makeTable = std::move(maker); }
    void tableChanged();
    [[nodiscard]] bool hasTable() const { return m_makeTable != nullptr; }
    /// Words beside the title: what was left out, the size of bins.
    void setNote(const QString& note);
    [[nodiscard]] QString note() const;

    [[nodiscard]] bool tableShown() const;
    void setTableShown(bool shown);
    void copyData() const;
    /// Asks for a file; the ending decides: .png, .svg or .pdf.
    void savePicture();
    [[nodiscard]] virtual bool savePictureTo(const QString& path);
    /// The drawing's own actions come first in the menu.
    void addMenuAction(QAction* action) { m_ownActions.append(action); }
    /// Filters that find what is drawn at a place of it; they head the menu there. Requires: `focus` outlives
    /// this.
    void setTerms(Focus& focus, std::function<QStringList(QPointF)> terms);
    /// Without showing it: what the right button, or the menu key at the place it has chosen, offers at a place of the
    /// drawing.
    void fillMenuAt(QMenu& menu, std::optional<QPointF> place);
    /// A button in its corner, left of the others.
    void addCornerButton(QToolButton* button);

signals:
    void pictureFailed(const QString& sentence);

protected:
    [[nodiscard]] const QString& title() const { return m_title; }
    /// What a menu that was not asked for by the mouse is about.
    [[nodiscard]] virtual std::optional<QPointF> chosenPlace() const { return std::nullopt; }
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override; // Alt+T: the table and back

private:
    void fillMenu(QMenu& menu);
    void updateIcons();
    void placeCorner();
    void fitNote();

    QString m_title;
    Theme& m_theme;
    QLabel* m_titleLabel = nullptr;
    QLabel* m_note = nullptr;
    QString m_noteText; // of which m_note shows what fits
    QStackedWidget* m_stack = nullptr;
    QWidget* m_drawing = nullptr;
    QTableView* m_view = nullptr;
    PlotTableModel* m_model = nullptr;
    QWidget* m_corner = nullptr;
    QToolButton* m_menuButton = nullptr;
    ViewKeys* m_keys = nullptr;
    QList<QAction*> m_ownActions;
    std::function<PlotTable()> m_makeTable;
    Focus* m_focus = nullptr; // with m_terms
    std::function<QStringList(QPointF)> m_terms;
};

} // namespace timbre::ui
