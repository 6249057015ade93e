#include "tests/store/failing_disk.h"

#include <sqlite3.h>

namespace timbre::test {

namespace {

/// What SQLite sees as the file; the real one lies behind it in the same memory, as SQLite's own shims do it.
struct ShimFile {
    sqlite3_file base;
    sqlite3_file* real;
};

sqlite3_file* realOf(sqlite3_file* file)
{
    return reinterpret_cast<ShimFile*>(file)->real;
}

int refuse(int code)
{
    ++FailingDisk::instance().refusals;
    return code;
}

int shimClose(sqlite3_file* file)
{
    return realOf(file)->pMethods->xClose(realOf(file));
}
int shimRead(sqlite3_file* file, void* buffer, int count, sqlite3_int64 offset)
{
    if (FailingDisk::instance().failRead)
        return refuse(SQLITE_IOERR_READ);
    return realOf(file)->pMethods->xRead(realOf(file), buffer, count, offset);
}
int shimWrite(sqlite3_file* file, const void* buffer, int count, sqlite3_int64 offset)
{
    if (FailingDisk::instance().full)
        return refuse(SQLITE_FULL);
    return realOf(file)->pMethods->xWrite(realOf(file), buffer, count, offset);
}
int shimTruncate(sqlite3_file* file, sqlite3_int64 size)
{
    return realOf(file)->pMethods->xTruncate(realOf(file), size);
}
int shimSync(sqlite3_file* file, int flags)
{
    if (FailingDisk::instance().failSync)
        return refuse(SQLITE_IOERR_FSYNC);
    return realOf(file)->pMethods->xSync(realOf(file), flags);
}
int shimFileSize(sqlite3_file* file, sqlite3_int64* size)
{
    return realOf(file)->pMethods->xFileSize(realOf(file), size);
}
int shimLock(sqlite3_file* file, int level)
{
    return realOf(file)->pMethods->xLock(realOf(file), level);
}
int shimUnlock(sqlite3_file* file, int level)
{
    return realOf(file)->pMethods->xUnlock(realOf(file), level);
}
int shimCheckReservedLock(sqlite3_file* file, int* reserved)
{
    return realOf(file)->pMethods->xCheckReservedLock(realOf(file), reserved);
}
int shimFileControl(sqlite3_file* file, int operation, void* argument)
{
    return realOf(file)->pMethods->xFileControl(realOf(file), operation, argument);
}
int shimSectorSize(sqlite3_file* file)
{
    return realOf(file)->pMethods->xSectorSize(realOf(file));
}
int shimDeviceCharacteristics(sqlite3_file* file)
{
    return realOf(file)->pMethods->xDeviceCharacteristics(realOf(file));
}
int shimShmMap(sqlite3_file* file, int region, int size, int extend, void volatile** memory)
{
    return realOf(file)->pMethods->xShmMap(realOf(file), region, size, extend, memory);
}
int shimShmLock(sqlite3_file* file, int offset, int count, int flags)
{
    return realOf(file)->pMethods->xShmLock(realOf(file), offset, count, flags);
}
void shimShmBarrier(sqlite3_file* file)
{
    realOf(file)->pMethods->xShmBarrier(realOf(file));
}
int shimShmUnmap(sqlite3_file* file, int removeIt)
{
    return realOf(file)->pMethods->xShmUnmap(realOf(file), removeIt);
}

/// Version 2: no memory-mapped reading, so that every read comes by here.
const sqlite3_io_methods kMethods = {2,
                                     shimClose,
                                     shimRead,
                                     shimWrite,
                                     shimTruncate,
                                     shimSync,
                                     shimFileSize,
                                     shimLock,
                                     shimUnlock,
                                     shimCheckReservedLock,
                                     shimFileControl,
                                     shimSectorSize,
                                     shimDeviceCharacteristics,
                                     shimShmMap,
                                     shimShmLock,
                                     shimShmBarrier,
                                     shimShmUnmap,
                                     nullptr,
                                     nullptr};

sqlite3_vfs* realVfs()
{
    static sqlite3_vfs* const vfs = sqlite3_vfs_find(nullptr);
    return vfs;
}

int shimOpen(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* outFlags)
{
    auto* shim = reinterpret_cast<ShimFile*>(file);
    shim->real = reinterpret_cast<sqlite3_file*>(shim + 1);
    const int code = realVfs()->xOpen(realVfs(), path, shim->real, flags, outFlags);
    shim->base.pMethods = code == SQLITE_OK ? &kMethods : nullptr;
    return code;
}

} // namespace

FailingDisk& FailingDisk::instance()
{
    static FailingDisk disk;
    return disk;
}

FailingDisk::FailingDisk()
{
    static sqlite3_vfs vfs = *realVfs(); // what is not about an open file is the real one's
    vfs.szOsFile += static_cast<int>(sizeof(ShimFile));
    vfs.pNext = nullptr;
    vfs.zName = "timbre-failing-disk";
    vfs.xOpen = shimOpen;
    sqlite3_vfs_register(&vfs, 0);
}

} // namespace timbre::test
