#pragma once

// A plot and its table twin: the same data as rows, for those who want numbers or cannot see the plot, reached by a
// button or from the menu; copying the data and saving a picture are there too. The twin is filled when it is opened.

#include "ui/focus/focus.h"
#include "ui/plots/plot_canvas.h"

#include <QtCore/QAbstractTableModel>

#include <functional>

class QLabel;
class QMenu;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace timbre::ui {

/// Data of a plot as text: column titles with units, and the cells on demand.
struct PlotTable {
    QStringList titles;
    int rows = 0;
    std::function<QString(int row, int column)> cell;

    [[nodiscard]] QString asTsv() const;
};

class PlotTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;
    void setTable(PlotTable table);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    PlotTable m_table;
};

class PlotFrame : public QWidget {
    Q_OBJECT

public:
    /// `title` also names the plot for screen readers and the picture's file.
    PlotFrame(const QString& title, Theme& theme, QWidget* parent = nullptr, bool showTitle = true);

    [[nodiscard]] PlotCanvas& canvas() { return *m_canvas; }
    [[nodiscard]] const PlotCanvas& canvas() const { return *m_canvas; }
    [[nodiscard]] QTableView& table() { return *m_view; }
    /// Gives the twin's data when asked; call tableChanged() when the plot shows something else.
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
    [[nodiscard]] bool savePictureTo(const QString& path);
    /// The plot's own actions come first in the menu.
    void addMenuAction(QAction* action) { m_ownActions.append(action); }
    /// Filters that find what is drawn at a place of the canvas; they head the menu there. Requires: `focus` outlives
    /// this.
    void setTerms(Focus& focus, std::function<QStringList(QPointF)> terms);
    /// Without showing it: what the right button, or the menu key at the crosshair, offers at a place of the canvas.
    void fillMenuAt(QMenu& menu, std::optional<QPointF> place);
    /// A button in the plot's corner, left of the others.
    void addCornerButton(QToolButton* button);

signals:
    void pictureFailed(const QString& sentence);

protected:
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
    PlotCanvas* m_canvas = nullptr;
    QTableView* m_view = nullptr;
    PlotTableModel* m_model = nullptr;
    QWidget* m_corner = nullptr;
    QToolButton* m_menuButton = nullptr;
    QList<QAction*> m_ownActions;
    std::function<PlotTable()> m_makeTable;
    Focus* m_focus = nullptr; // with m_terms
    std::function<QStringList(QPointF)> m_terms;
};

} // namespace timbre::ui
