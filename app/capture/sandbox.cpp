#include "app/capture/sandbox.h"

#include "engine/capture/helper_messages.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/sockios.h>
#include <seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <span>

namespace timbre::helper {

const int kSpoolFileFlags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;

namespace {

/// Files may be made, written and removed beneath the spool directory only. A kernel without Landlock leaves this to
/// seccomp, which cannot look at paths.
bool restrictPaths(int spoolDirectory)
{
    constexpr std::uint64_t kAllOfVersion1 = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;
    landlock_ruleset_attr rules{};
    rules.handled_access_fs = kAllOfVersion1;
    const long ruleset = syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (ruleset < 0)
        return false;
    landlock_path_beneath_attr spool{};
    spool.allowed_access = LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE;
    spool.parent_fd = spoolDirectory;
    const bool done = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &spool, 0) == 0 &&
                      syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(static_cast<int>(ruleset));
    return done;
}

int allowAlways(scmp_filter_ctx filter)
{
    constexpr std::array kCalls{
        SCMP_SYS(read),         SCMP_SYS(pread64),        SCMP_SYS(write),        SCMP_SYS(poll),
        SCMP_SYS(ppoll),        SCMP_SYS(close),          SCMP_SYS(ftruncate),    SCMP_SYS(lseek),
        SCMP_SYS(getsockopt),   SCMP_SYS(clock_gettime),  SCMP_SYS(gettimeofday), SCMP_SYS(munmap),
        SCMP_SYS(brk),          SCMP_SYS(mremap),         SCMP_SYS(madvise),      SCMP_SYS(futex),
        SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(getppid),      SCMP_SYS(exit),
        SCMP_SYS(exit_group),   SCMP_SYS(restart_syscall)};
    for (const int call : kCalls) {
        if (const int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0); failed != 0)
            return failed;
    }
    return 0;
}

/// New files, and the removal of files, relative to the spool directory; memory that can never be run.
int allowNarrowly(scmp_filter_ctx filter, int spoolDirectory)
{
    const auto spool = static_cast<scmp_datum_t>(spoolDirectory);
    const auto newFile = static_cast<scmp_datum_t>(kSpoolFileFlags);
    const std::array open{SCMP_A0(SCMP_CMP_MASKED_EQ, 0xffff'ffff, spool),
                          SCMP_A2(SCMP_CMP_MASKED_EQ, 0xffff'ffff, newFile),
                          SCMP_A3(SCMP_CMP_MASKED_EQ, 0xffff'ffff, kSpoolFileMode)};
    const std::array remove{SCMP_A0(SCMP_CMP_MASKED_EQ, 0xffff'ffff, spool), SCMP_A2(SCMP_CMP_EQ, 0)};
    const std::array flags{SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffff'ffff, SIOCGIFFLAGS)}; // asked when a link went down
    const std::array map{SCMP_A2(SCMP_CMP_MASKED_EQ, 4 /* PROT_EXEC */, 0)};
    const auto allow = [&](int call, std::span<const scmp_arg_cmp> when) {
        return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, static_cast<unsigned>(when.size()), when.data());
    };
    if (const int failed = allow(SCMP_SYS(openat), open); failed != 0)
        return failed;
    if (const int failed = allow(SCMP_SYS(unlinkat), remove); failed != 0)
        return failed;
    if (const int failed = allow(SCMP_SYS(ioctl), flags); failed != 0)
        return failed;
    return allow(SCMP_SYS(mmap), map);
}

int loadFilter(int spoolDirectory)
{
    // Everything else is refused rather than fatal: libpcap asks the system a thing or two that it can do without.
    const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), seccomp_release);
    if (!filter)
        return -ENOMEM;
    if (const int failed = allowAlways(filter.get()); failed != 0)
        return failed;
    if (const int failed = allowNarrowly(filter.get(), spoolDirectory); failed != 0)
        return failed;
    return seccomp_load(filter.get());
}

} // namespace

std::string closeSandbox(int spoolDirectory, std::uint64_t& achieved)
{
    using namespace capture::helper;
    achieved = kNoCapabilities | kNoNewPrivileges;
    if (restrictPaths(spoolDirectory))
        achieved |= kLandlock;
    if (const int failed = loadFilter(spoolDirectory); failed != 0)
        return std::string("System calls could not be restricted: ") + std::strerror(-failed);
    achieved |= kSeccomp;
    return {};
}

} // namespace timbre::helper
