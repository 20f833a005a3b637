//! `std::os`. The items of all platforms are present.

pub mod raw {
    pub use crate::ffi::{
        c_char, c_double, c_float, c_int, c_long, c_longlong, c_schar, c_short, c_uchar, c_uint, c_ulong, c_ulonglong,
        c_ushort, c_void,
    };
}

pub mod fd {
    pub type RawFd = i32;

    pub trait AsRawFd {
        fn as_raw_fd(&self) -> RawFd;
    }

    pub trait FromRawFd {
        unsafe fn from_raw_fd(fd: RawFd) -> Self;
    }

    pub trait IntoRawFd {
        fn into_raw_fd(self) -> RawFd;
    }

    pub trait AsFd {
        fn as_fd(&self) -> BorrowedFd;
    }

    pub struct OwnedFd {}

    impl OwnedFd {
        pub fn try_clone(&self) -> crate::io::Result<OwnedFd> {}
    }

    impl AsRawFd for OwnedFd {}
    impl FromRawFd for OwnedFd {}
    impl IntoRawFd for OwnedFd {}
    impl AsFd for OwnedFd {}

    pub struct BorrowedFd {}

    impl BorrowedFd {
        pub unsafe fn borrow_raw(fd: RawFd) -> BorrowedFd {}
        pub fn try_clone_to_owned(&self) -> crate::io::Result<OwnedFd> {}
    }

    impl AsRawFd for BorrowedFd {}
    impl AsFd for BorrowedFd {}
    impl Clone for BorrowedFd {}
    impl Copy for BorrowedFd {}
    impl<T: AsRawFd> AsRawFd for &T {}
    impl<T: AsFd> AsFd for &T {}
}

pub mod unix {
    pub mod io {
        pub use crate::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd, RawFd};
    }

    pub mod ffi {
        use crate::ffi::{OsStr, OsString};

        pub trait OsStrExt {
            fn from_bytes(bytes: &[u8]) -> &Self;
            fn as_bytes(&self) -> &[u8];
        }
        impl OsStrExt for OsStr {}

        pub trait OsStringExt {
            fn from_vec(bytes: Vec<u8>) -> Self;
            fn into_vec(self) -> Vec<u8>;
        }
        impl OsStringExt for OsString {}
    }

    pub mod fs {
        use crate::fs::{DirBuilder, DirEntry, File, FileType, Metadata, OpenOptions, Permissions};
        use crate::io;
        use crate::path::Path;

        pub fn symlink<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()> {}
        pub fn chown<P: AsRef<Path>>(path: P, uid: Option<u32>, gid: Option<u32>) -> io::Result<()> {}

        pub trait PermissionsExt {
            fn mode(&self) -> u32;
            fn set_mode(&mut self, mode: u32);
            fn from_mode(mode: u32) -> Self;
        }
        impl PermissionsExt for Permissions {}

        pub trait OpenOptionsExt {
            fn mode(&mut self, mode: u32) -> &mut Self;
            fn custom_flags(&mut self, flags: i32) -> &mut Self;
        }
        impl OpenOptionsExt for OpenOptions {}

        pub trait MetadataExt {
            fn dev(&self) -> u64;
            fn ino(&self) -> u64;
            fn mode(&self) -> u32;
            fn nlink(&self) -> u64;
            fn uid(&self) -> u32;
            fn gid(&self) -> u32;
            fn rdev(&self) -> u64;
            fn size(&self) -> u64;
            fn atime(&self) -> i64;
            fn atime_nsec(&self) -> i64;
            fn mtime(&self) -> i64;
            fn mtime_nsec(&self) -> i64;
            fn ctime(&self) -> i64;
            fn ctime_nsec(&self) -> i64;
            fn blksize(&self) -> u64;
            fn blocks(&self) -> u64;
        }
        impl MetadataExt for Metadata {}

        pub trait FileTypeExt {
            fn is_block_device(&self) -> bool;
            fn is_char_device(&self) -> bool;
            fn is_fifo(&self) -> bool;
            fn is_socket(&self) -> bool;
        }
        impl FileTypeExt for FileType {}

        pub trait FileExt {
            fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;
            fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {}
            fn write_at(&self, buffer: &[u8], offset: u64) -> io::Result<usize>;
            fn write_all_at(&self, buffer: &[u8], offset: u64) -> io::Result<()> {}
        }
        impl FileExt for File {}

        pub trait DirBuilderExt {
            fn mode(&mut self, mode: u32) -> &mut Self;
        }
        impl DirBuilderExt for DirBuilder {}

        pub trait DirEntryExt {
            fn ino(&self) -> u64;
        }
        impl DirEntryExt for DirEntry {}
    }

    pub mod process {
        use crate::io;
        use crate::process::{Command, ExitStatus};

        pub trait CommandExt {
            fn uid(&mut self, id: u32) -> &mut Command;
            fn gid(&mut self, id: u32) -> &mut Command;
            unsafe fn pre_exec<F: FnMut() -> io::Result<()>>(&mut self, f: F) -> &mut Command;
            fn exec(&mut self) -> io::Error;
            fn arg0<S: AsRef<crate::ffi::OsStr>>(&mut self, arg: S) -> &mut Command;
            fn process_group(&mut self, group: i32) -> &mut Command;
        }
        impl CommandExt for Command {}

        pub trait ExitStatusExt {
            fn from_raw(raw: i32) -> Self;
            fn signal(&self) -> Option<i32>;
            fn core_dumped(&self) -> bool;
            fn stopped_signal(&self) -> Option<i32>;
            fn into_raw(self) -> i32;
        }
        impl ExitStatusExt for ExitStatus {}
    }

    pub mod net {
        use crate::io;
        use crate::path::Path;
        use crate::time::Duration;

        pub struct SocketAddr {}

        impl SocketAddr {
            pub fn from_pathname<P: AsRef<Path>>(path: P) -> io::Result<SocketAddr> {}
            pub fn is_unnamed(&self) -> bool {}
            pub fn as_pathname(&self) -> Option<&Path> {}
        }
        impl Clone for SocketAddr {}
        impl crate::fmt::Debug for SocketAddr {}

        pub struct UnixStream {}

        impl UnixStream {
            pub fn connect<P: AsRef<Path>>(path: P) -> io::Result<UnixStream> {}
            pub fn pair() -> io::Result<(UnixStream, UnixStream)> {}
            pub fn try_clone(&self) -> io::Result<UnixStream> {}
            pub fn local_addr(&self) -> io::Result<SocketAddr> {}
            pub fn peer_addr(&self) -> io::Result<SocketAddr> {}
            pub fn set_read_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {}
            pub fn set_write_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {}
            pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {}
            pub fn shutdown(&self, how: crate::net::Shutdown) -> io::Result<()> {}
        }
        impl io::Read for UnixStream {}
        impl io::Read for &UnixStream {}
        impl io::Write for UnixStream {}
        impl io::Write for &UnixStream {}
        impl crate::os::fd::AsRawFd for UnixStream {}
        impl crate::os::fd::AsFd for UnixStream {}
        impl crate::os::fd::IntoRawFd for UnixStream {}
        impl crate::os::fd::FromRawFd for UnixStream {}

        pub struct UnixListener {}

        impl UnixListener {
            pub fn bind<P: AsRef<Path>>(path: P) -> io::Result<UnixListener> {}
            pub fn bind_addr(addr: &SocketAddr) -> io::Result<UnixListener> {}
            pub fn accept(&self) -> io::Result<(UnixStream, SocketAddr)> {}
            pub fn local_addr(&self) -> io::Result<SocketAddr> {}
            pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {}
            pub fn incoming(&self) -> Incoming {}
        }
        impl crate::os::fd::AsRawFd for UnixListener {}
        impl crate::os::fd::AsFd for UnixListener {}

        pub struct Incoming {}
        impl Iterator for Incoming {
            type Item = io::Result<UnixStream>;
        }

        pub struct UnixDatagram {}

        impl UnixDatagram {
            pub fn bind<P: AsRef<Path>>(path: P) -> io::Result<UnixDatagram> {}
            pub fn unbound() -> io::Result<UnixDatagram> {}
            pub fn pair() -> io::Result<(UnixDatagram, UnixDatagram)> {}
            pub fn connect<P: AsRef<Path>>(&self, path: P) -> io::Result<()> {}
            pub fn local_addr(&self) -> io::Result<SocketAddr> {}
            pub fn recv_from(&self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {}
            pub fn recv(&self, buffer: &mut [u8]) -> io::Result<usize> {}
            pub fn send_to<P: AsRef<Path>>(&self, buffer: &[u8], path: P) -> io::Result<usize> {}
            pub fn send(&self, buffer: &[u8]) -> io::Result<usize> {}
            pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {}
        }
        impl crate::os::fd::AsRawFd for UnixDatagram {}
    }
}

pub mod windows {
    pub mod ffi {
        pub trait OsStrExt {
            fn encode_wide(&self) -> EncodeWide;
        }
        impl OsStrExt for crate::ffi::OsStr {}

        pub trait OsStringExt {
            fn from_wide(wide: &[u16]) -> Self;
        }
        impl OsStringExt for crate::ffi::OsString {}

        pub struct EncodeWide {}
        impl Iterator for EncodeWide {
            type Item = u16;
        }
    }

    pub mod fs {
        use crate::io;
        use crate::path::Path;

        pub fn symlink_file<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()> {}
        pub fn symlink_dir<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()> {}

        pub trait OpenOptionsExt {
            fn access_mode(&mut self, access: u32) -> &mut Self;
            fn share_mode(&mut self, share: u32) -> &mut Self;
            fn custom_flags(&mut self, flags: u32) -> &mut Self;
            fn attributes(&mut self, attributes: u32) -> &mut Self;
            fn security_qos_flags(&mut self, flags: u32) -> &mut Self;
        }
        impl OpenOptionsExt for crate::fs::OpenOptions {}

        pub trait MetadataExt {
            fn file_attributes(&self) -> u32;
            fn file_size(&self) -> u64;
            fn creation_time(&self) -> u64;
            fn last_access_time(&self) -> u64;
            fn last_write_time(&self) -> u64;
        }
        impl MetadataExt for crate::fs::Metadata {}
    }

    pub mod process {
        pub trait CommandExt {
            fn creation_flags(&mut self, flags: u32) -> &mut crate::process::Command;
            fn raw_arg<S: AsRef<crate::ffi::OsStr>>(&mut self, text: S) -> &mut crate::process::Command;
        }
        impl CommandExt for crate::process::Command {}
    }

    pub mod io {
        use crate::ffi::c_void;

        pub type RawHandle = *mut c_void;
        pub type RawSocket = u64;

        pub trait AsRawHandle {
            fn as_raw_handle(&self) -> RawHandle;
        }

        pub trait FromRawHandle {
            unsafe fn from_raw_handle(handle: RawHandle) -> Self;
        }

        pub trait IntoRawHandle {
            fn into_raw_handle(self) -> RawHandle;
        }

        pub trait AsHandle {
            fn as_handle(&self) -> BorrowedHandle;
        }

        pub trait AsRawSocket {
            fn as_raw_socket(&self) -> RawSocket;
        }

        pub trait AsSocket {
            fn as_socket(&self) -> BorrowedSocket;
        }

        pub struct OwnedHandle {}
        pub struct BorrowedHandle {}
        pub struct OwnedSocket {}
        pub struct BorrowedSocket {}
    }
}
