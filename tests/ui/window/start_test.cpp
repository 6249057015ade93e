// How the window's program answers when it cannot open a window, or is started wrongly.

#include <QProcess>
#include <QTest>

class StartTest : public QObject {
    Q_OBJECT

    struct Answer {
        QProcess::ExitStatus end;
        int code;
        QByteArray out;
        QByteArray err;
    };

    static Answer start(const QStringList& words, const QString& display = {})
    {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            environment.remove(QString::fromLatin1(name));
        if (!display.isEmpty())
            environment.insert(QStringLiteral("DISPLAY"), display);
        program.setProcessEnvironment(environment);
        program.start(QStringLiteral(TIMBRE_WORKBENCH), words);
        program.waitForFinished();
        return {program.exitStatus(), program.exitCode(), program.readAllStandardOutput(),
                program.readAllStandardError()};
    }

private slots:
    void wordsNeedNoScreen_data()
    {
        QTest::addColumn<QString>("display");
        QTest::addRow("no display") << QString();
        QTest::addRow("a display that does not answer") << QStringLiteral(":98765");
    }

    void wordsNeedNoScreen()
    {
        QFETCH(QString, display);
        QVERIFY(start({"--version"}, display).out.startsWith("timbre "));
        const Answer help = start({"--help"}, display);
        QCOMPARE(help.code, 0);
        QVERIFY(help.out.contains("--workspace"));
    }

    void aWrongOptionIsNamedFirst()
    {
        const Answer answer = start({"--wrong"});
        QCOMPARE(answer.code, 1);
        QVERIFY(answer.err.contains("'wrong'"));
    }

    void withoutAScreenItSaysWhatElseThereIs_data() { wordsNeedNoScreen_data(); }

    void withoutAScreenItSaysWhatElseThereIs()
    {
        QFETCH(QString, display);
        // What stands behind -- is a file, whatever it looks like.
        for (const QStringList& words : {QStringList(), QStringList("a.pcap"), QStringList({"--", "--help"})}) {
            const Answer answer = start(words, display);
            QCOMPARE(answer.end, QProcess::NormalExit);
            QCOMPARE(answer.code, 1);
            QVERIFY(answer.err.contains("timbre-cli does the same analysis"));
        }
    }
};

QTEST_GUILESS_MAIN(StartTest)
#include "start_test.moc"
