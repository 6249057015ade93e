#pragma once

// Answers modal dialogs while the call that opened them waits: each answer is given to the next dialog that comes up,
// in order, also when one opens another. A test ends with done(), which is false while answers are left.

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>

#include <deque>
#include <functional>

namespace timbre::testing {

class ModalAnswers {
public:
    using Answer = std::function<void(QWidget&)>;

    ModalAnswers() { lookSoon(); }

    ModalAnswers& then(Answer answer)
    {
        m_answers.push_back(std::move(answer));
        return *this;
    }
    /// Types a path into a file dialog, or a word into an input dialog, and presses Enter.
    ModalAnswers& type(const QString& text)
    {
        return then([text](QWidget& dialog) {
            const bool files = qobject_cast<QFileDialog*>(&dialog) != nullptr;
            auto* line = dialog.findChild<QLineEdit*>(files ? QStringLiteral("fileNameEdit") : QString());
            QVERIFY(line != nullptr);
            line->setFocus();
            line->setText(text);
            if (files) // its completer may have a list open, which would take the key
                QVERIFY(QMetaObject::invokeMethod(&dialog, "accept"));
            else
                QTest::keyClick(line, Qt::Key_Return);
        });
    }
    /// Clicks a standard button of a message box.
    ModalAnswers& press(QMessageBox::StandardButton button)
    {
        return then([button](QWidget& dialog) {
            auto* box = qobject_cast<QMessageBox*>(&dialog);
            QVERIFY(box != nullptr && box->button(button) != nullptr);
            QTest::mouseClick(box->button(button), Qt::LeftButton);
        });
    }
    [[nodiscard]] bool done() const { return m_answers.empty(); }

private:
    /// Each look has a timer of its own: one that repeats does not fire again while its own answer waits for another.
    void lookSoon()
    {
        constexpr int kMs = 10;
        QTimer::singleShot(kMs, &m_life, [this] { look(); });
    }
    void look()
    {
        lookSoon();
        QWidget* modal = QApplication::activeModalWidget();
        if (modal == nullptr || m_answers.empty() || m_seen == modal || !modal->isVisible())
            return;
        m_seen = modal;
        const Answer answer = std::move(m_answers.front());
        m_answers.pop_front();
        answer(*modal);
        m_seen.clear();
    }

    QObject m_life; // ends the timers
    QPointer<QWidget> m_seen;
    std::deque<Answer> m_answers;
};

} // namespace timbre::testing
