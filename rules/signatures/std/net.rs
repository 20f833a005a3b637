//! `std::net`.

use crate::io;
use crate::time::Duration;

pub enum IpAddr {
    V4(Ipv4Addr),
    V6(Ipv6Addr),
}

impl IpAddr {
    pub fn is_unspecified(&self) -> bool {}
    pub fn is_loopback(&self) -> bool {}
    pub fn is_multicast(&self) -> bool {}
    pub fn is_ipv4(&self) -> bool {}
    pub fn is_ipv6(&self) -> bool {}
    pub fn to_canonical(&self) -> IpAddr {}
}

impl From<Ipv4Addr> for IpAddr {}
impl From<Ipv6Addr> for IpAddr {}
impl From<[u8; 4]> for IpAddr {}
impl From<[u8; 16]> for IpAddr {}

pub struct Ipv4Addr {}

impl Ipv4Addr {
    pub const LOCALHOST: Ipv4Addr = 0;
    pub const UNSPECIFIED: Ipv4Addr = 0;
    pub const BROADCAST: Ipv4Addr = 0;
    pub fn new(a: u8, b: u8, c: u8, d: u8) -> Ipv4Addr {}
    pub fn octets(&self) -> [u8; 4] {}
    pub fn to_bits(self) -> u32 {}
    pub fn from_bits(bits: u32) -> Ipv4Addr {}
    pub fn is_unspecified(&self) -> bool {}
    pub fn is_loopback(&self) -> bool {}
    pub fn is_private(&self) -> bool {}
    pub fn is_link_local(&self) -> bool {}
    pub fn is_multicast(&self) -> bool {}
    pub fn is_broadcast(&self) -> bool {}
    pub fn to_ipv6_mapped(&self) -> Ipv6Addr {}
}

impl From<[u8; 4]> for Ipv4Addr {}
impl From<u32> for Ipv4Addr {}

pub struct Ipv6Addr {}

impl Ipv6Addr {
    pub const LOCALHOST: Ipv6Addr = 0;
    pub const UNSPECIFIED: Ipv6Addr = 0;
    pub fn new(a: u16, b: u16, c: u16, d: u16, e: u16, f: u16, g: u16, h: u16) -> Ipv6Addr {}
    pub fn segments(&self) -> [u16; 8] {}
    pub fn octets(&self) -> [u8; 16] {}
    pub fn is_unspecified(&self) -> bool {}
    pub fn is_loopback(&self) -> bool {}
    pub fn is_multicast(&self) -> bool {}
    pub fn to_ipv4(&self) -> Option<Ipv4Addr> {}
    pub fn to_ipv4_mapped(&self) -> Option<Ipv4Addr> {}
    pub fn to_canonical(&self) -> IpAddr {}
}

impl From<[u8; 16]> for Ipv6Addr {}
impl From<u128> for Ipv6Addr {}

pub enum SocketAddr {
    V4(SocketAddrV4),
    V6(SocketAddrV6),
}

impl SocketAddr {
    pub fn new(ip: IpAddr, port: u16) -> SocketAddr {}
    pub fn ip(&self) -> IpAddr {}
    pub fn set_ip(&mut self, ip: IpAddr) {}
    pub fn port(&self) -> u16 {}
    pub fn set_port(&mut self, port: u16) {}
    pub fn is_ipv4(&self) -> bool {}
    pub fn is_ipv6(&self) -> bool {}
}

impl From<SocketAddrV4> for SocketAddr {}
impl From<SocketAddrV6> for SocketAddr {}
impl<I: Into<IpAddr>> From<(I, u16)> for SocketAddr {}

pub struct SocketAddrV4 {}

impl SocketAddrV4 {
    pub fn new(ip: Ipv4Addr, port: u16) -> SocketAddrV4 {}
    pub fn ip(&self) -> &Ipv4Addr {}
    pub fn port(&self) -> u16 {}
}

pub struct SocketAddrV6 {}

impl SocketAddrV6 {
    pub fn new(ip: Ipv6Addr, port: u16, flow: u32, scope: u32) -> SocketAddrV6 {}
    pub fn ip(&self) -> &Ipv6Addr {}
    pub fn port(&self) -> u16 {}
    pub fn flowinfo(&self) -> u32 {}
    pub fn scope_id(&self) -> u32 {}
}

pub struct AddrParseError {}
impl Clone for AddrParseError {}
impl PartialEq for AddrParseError {}
impl crate::fmt::Debug for AddrParseError {}
impl crate::fmt::Display for AddrParseError {}
impl crate::error::Error for AddrParseError {}

macro_rules! addresses {
    ($($address:ident)*) => {$(
        impl Clone for $address {}
        impl Copy for $address {}
        impl PartialEq for $address {}
        impl Eq for $address {}
        impl PartialOrd for $address {}
        impl Ord for $address {}
        impl crate::hash::Hash for $address {}
        impl crate::fmt::Debug for $address {}
        impl crate::fmt::Display for $address {}
        impl crate::str::FromStr for $address {
            type Err = AddrParseError;
        }
    )*};
}

addresses! { IpAddr Ipv4Addr Ipv6Addr SocketAddr SocketAddrV4 SocketAddrV6 }

pub trait ToSocketAddrs {
    type Iter: Iterator<Item = SocketAddr>;
    fn to_socket_addrs(&self) -> io::Result<Self::Iter>;
}

impl ToSocketAddrs for SocketAddr {
    type Iter = crate::option::IntoIter<SocketAddr>;
}
impl ToSocketAddrs for str {
    type Iter = crate::vec::IntoIter<SocketAddr>;
}
impl ToSocketAddrs for String {
    type Iter = crate::vec::IntoIter<SocketAddr>;
}
impl<H> ToSocketAddrs for (H, u16) {
    type Iter = crate::vec::IntoIter<SocketAddr>;
}
impl<T: ToSocketAddrs> ToSocketAddrs for &T {
    type Iter = T::Iter;
}

pub enum Shutdown {
    Read,
    Write,
    Both,
}

impl Clone for Shutdown {}
impl Copy for Shutdown {}
impl PartialEq for Shutdown {}
impl crate::fmt::Debug for Shutdown {}

pub struct TcpStream {}

impl TcpStream {
    pub fn connect<A: ToSocketAddrs>(addr: A) -> io::Result<TcpStream> {}
    pub fn connect_timeout(addr: &SocketAddr, timeout: Duration) -> io::Result<TcpStream> {}
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {}
    pub fn local_addr(&self) -> io::Result<SocketAddr> {}
    pub fn shutdown(&self, how: Shutdown) -> io::Result<()> {}
    pub fn try_clone(&self) -> io::Result<TcpStream> {}
    pub fn set_read_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {}
    pub fn set_write_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {}
    pub fn peek(&self, buffer: &mut [u8]) -> io::Result<usize> {}
    pub fn set_nodelay(&self, nodelay: bool) -> io::Result<()> {}
    pub fn nodelay(&self) -> io::Result<bool> {}
    pub fn set_ttl(&self, ttl: u32) -> io::Result<()> {}
    pub fn ttl(&self) -> io::Result<u32> {}
    pub fn take_error(&self) -> io::Result<Option<io::Error>> {}
    pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {}
}

impl io::Read for TcpStream {}
impl io::Read for &TcpStream {}
impl io::Write for TcpStream {}
impl io::Write for &TcpStream {}
impl crate::fmt::Debug for TcpStream {}
impl crate::os::fd::AsRawFd for TcpStream {}
impl crate::os::fd::AsFd for TcpStream {}
impl crate::os::fd::FromRawFd for TcpStream {}
impl crate::os::fd::IntoRawFd for TcpStream {}

pub struct TcpListener {}

impl TcpListener {
    pub fn bind<A: ToSocketAddrs>(addr: A) -> io::Result<TcpListener> {}
    pub fn local_addr(&self) -> io::Result<SocketAddr> {}
    pub fn try_clone(&self) -> io::Result<TcpListener> {}
    pub fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {}
    pub fn incoming(&self) -> Incoming {}
    pub fn set_ttl(&self, ttl: u32) -> io::Result<()> {}
    pub fn ttl(&self) -> io::Result<u32> {}
    pub fn take_error(&self) -> io::Result<Option<io::Error>> {}
    pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {}
}

impl crate::fmt::Debug for TcpListener {}
impl crate::os::fd::AsRawFd for TcpListener {}
impl crate::os::fd::AsFd for TcpListener {}
impl crate::os::fd::FromRawFd for TcpListener {}
impl crate::os::fd::IntoRawFd for TcpListener {}

pub struct Incoming {}
impl Iterator for Incoming {
    type Item = io::Result<TcpStream>;
}

pub struct UdpSocket {}

impl UdpSocket {
    pub fn bind<A: ToSocketAddrs>(addr: A) -> io::Result<UdpSocket> {}
    pub fn recv_from(&self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {}
    pub fn peek_from(&self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {}
    pub fn send_to<A: ToSocketAddrs>(&self, buffer: &[u8], addr: A) -> io::Result<usize> {}
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {}
    pub fn local_addr(&self) -> io::Result<SocketAddr> {}
    pub fn try_clone(&self) -> io::Result<UdpSocket> {}
    pub fn set_read_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {}
    pub fn set_write_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {}
    pub fn set_broadcast(&self, broadcast: bool) -> io::Result<()> {}
    pub fn connect<A: ToSocketAddrs>(&self, addr: A) -> io::Result<()> {}
    pub fn send(&self, buffer: &[u8]) -> io::Result<usize> {}
    pub fn recv(&self, buffer: &mut [u8]) -> io::Result<usize> {}
    pub fn peek(&self, buffer: &mut [u8]) -> io::Result<usize> {}
    pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {}
}

impl crate::fmt::Debug for UdpSocket {}
impl crate::os::fd::AsRawFd for UdpSocket {}
impl crate::os::fd::AsFd for UdpSocket {}
