#pragma once

// Manners of widgets that lie in something that scrolls or is narrow. GUI thread only.

#include <QtWidgets/QSplitter>

namespace timbre::ui {

/// The wheel turns the values of `widget` only while it has the keyboard; else it scrolls what lies around.
void leaveWheelToArea(QWidget& widget);

/// Two or more side by side; one below the other where they do not fit.
class FoldingSplitter : public QSplitter {
    Q_OBJECT

public:
    explicit FoldingSplitter(QWidget* parent = nullptr);
    [[nodiscard]] bool folded() const { return orientation() == Qt::Vertical; }
    /// As narrow as the widest of them.
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] int widthSideBySide() const;
};

} // namespace timbre::ui
