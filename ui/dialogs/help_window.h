#pragma once

// The manual in a window of its own: pages at the left, the page at the right, search. The same files stand in
// resources/manual; the list of fields is made from the field registry, so that it cannot be out of date.

#include "engine/base/result.h"

#include <QtWidgets/QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace timbre::ui {

/// Markdown of a page, complete; empty for an unknown one. `page` is a file name without its ending.
[[nodiscard]] QString manualPage(const QString& page);
/// All pages in reading order.
[[nodiscard]] QStringList manualPages();
/// The page, and with '#' the section, that explains the dock.
[[nodiscard]] QString manualPageOfDock(const QString& dockId);
/// The whole manual as one HTML file without anything outside of it.
[[nodiscard]] Result<void> writeManual(const QString& target);

class HelpWindow : public QDialog {
    Q_OBJECT

public:
    explicit HelpWindow(QWidget* parent);

    /// "docks#flows"
    void showPage(const QString& pageAndSection);
    [[nodiscard]] QTextBrowser& browser() { return *m_browser; }
    [[nodiscard]] QListWidget& pages() { return *m_pages; }
    [[nodiscard]] QLineEdit& search() { return *m_search; }

private:
    void findNext();
    void exportManual();
    void openLink(const QUrl& url);

    QListWidget* m_pages = nullptr;
    QTextBrowser* m_browser = nullptr;
    QLineEdit* m_search = nullptr;
    QLabel* m_status = nullptr;
};

} // namespace timbre::ui
