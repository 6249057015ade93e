#pragma once

// The bytes of a packet as offset, hex and text columns. One byte is current; a stretch can be selected by mouse or
// with Shift; a field of the layer tree is highlighted underneath. Only visible lines are ever drawn. GUI thread only.

#include <QtCore/QByteArray>
#include <QtWidgets/QAbstractScrollArea>

#include <optional>

namespace timbre::ui {

class Theme;

class HexView : public QAbstractScrollArea {
    Q_OBJECT

public:
    /// Bytes `first` … `first + count − 1`.
    struct Stretch {
        qsizetype first = 0;
        qsizetype count = 0;
        bool operator==(const Stretch&) const = default;
    };
    enum class CopyForm : std::uint8_t { Hex, Text, CArray };

    explicit HexView(Theme& theme, QWidget* parent = nullptr);

    /// Forgets selection, highlight and scroll position.
    void setBytes(const QByteArray& bytes);
    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }

    /// The field under the bytes; scrolled into view. A count of 0 takes the highlight away.
    void setHighlight(Stretch field);
    [[nodiscard]] Stretch highlight() const { return m_highlight; }
    /// What is selected; count 0 for none.
    [[nodiscard]] Stretch selection() const;
    void selectAll();
    [[nodiscard]] qsizetype currentByte() const { return m_cursor; }

    /// The selection, else the highlighted field, else everything.
    [[nodiscard]] QByteArray bytesToCopy() const;
    [[nodiscard]] static QString formatted(const QByteArray& bytes, CopyForm form);
    void copy(CopyForm form) const;
    /// Asks for a file name and writes bytesToCopy() to it.
    void exportBytes();

    /// Where a byte is drawn in the hex column (or the text column), in the viewport's coordinates.
    [[nodiscard]] QRect byteRect(qsizetype index, bool inText = false) const;
    [[nodiscard]] int bytesPerLine() const { return m_bytesPerLine; }
    [[nodiscard]] QSize sizeHint() const override;

signals:
    /// The analyst moved to this byte, by mouse or key.
    void currentByteChanged(qsizetype index);
    void exportFailed(const QString& sentence);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void updateLayout();
    void moveTo(qsizetype index, bool extend);
    void ensureVisible(qsizetype index);
    void announceCursor();
    void paintLine(QPainter& painter, int line, int y) const;
    void paintCell(QPainter& painter, qsizetype index, int column, int y) const;
    [[nodiscard]] std::optional<qsizetype> byteAt(QPoint position) const;
    [[nodiscard]] int hexX(int column) const;
    [[nodiscard]] int textX(int column) const;
    [[nodiscard]] int lineCount() const;
    [[nodiscard]] int visibleLines() const;
    [[nodiscard]] std::optional<qsizetype> targetOfKey(const QKeyEvent& event) const;

    Theme& m_theme;
    QByteArray m_bytes;
    Stretch m_highlight;
    qsizetype m_cursor = -1; // −1: none
    qsizetype m_anchor = -1; // other end of the selection; −1: nothing is selected
    int m_bytesPerLine = 16;
    int m_offsetDigits = 4;
    int m_charWidth = 8;
    int m_lineHeight = 16;
};

} // namespace timbre::ui
