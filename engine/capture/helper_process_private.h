#pragma once

// Starts the capture helper as a child and listens to it. Belongs to one thread, which must live as long as the child:
// the system ends the child together with the thread that started it.

#include "engine/base/result.h"
#include "engine/capture/helper_messages.h"

#include <filesystem>
#include <vector>

namespace timbre::capture {

class HelperProcess {
public:
    /// `spool`: a directory descriptor, or -1.
    static Result<HelperProcess> start(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                                       int spool);
    HelperProcess(HelperProcess&& other) noexcept;
    HelperProcess& operator=(HelperProcess&&) = delete;
    ~HelperProcess(); // ends it, with force if need be

    enum class Heard { Message, Nothing, Garbage, Closed };
    /// Waits at most so long.
    Heard listen(helper::Message& message, int waitMs);
    /// Lets go of the pipe whose end tells it to stop.
    void askToStop();
    /// In words, after Closed: "it was killed by signal 9". Empty when it ended well.
    [[nodiscard]] std::string howItEnded();
    [[nodiscard]] int processId() const { return m_process; }

private:
    HelperProcess() = default;
    void closeAll();
    bool reap(int waitMs);

    int m_process = -1;
    int m_control = -1;
    int m_messages = -1;
    int m_status = 0;
    bool m_reaped = false;
    helper::Decoder m_decoder;
};

} // namespace timbre::capture
