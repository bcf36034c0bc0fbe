import CFuzzer
import Glibc

exit(
    cfuzzer_run(CommandLine.argc, CommandLine.unsafeArgv) { bytes, count in
        FeedTarget.test(Array(UnsafeBufferPointer(start: bytes, count: count)))
        return 0
    })
