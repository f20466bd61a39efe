// An echo server on Boost.Asio and its two clients, in one process. The server keeps the name of a session's client in a global, as one does who
// has seen one client at a time: the second one comes in while the first one waits.
//
//     g++ -std=c++20 -I RECORDER -DBOOST_ASIO_CUSTOM_HANDLER_TRACKING='<loopscope/asio.hpp>' sessions.cpp -o sessions -pthread
//     loopscope record ./sessions
//
// But for `client`, a variable that Loopscope knows, nothing in here is for Loopscope.

#include <array>
#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include <boost/asio.hpp>
#include <loopscope/variable.hpp>

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

loopscope::variable<std::string> client{"client", "nobody"};

/// One connection: what comes is sent back after a pause, with a line that says whose it was.
class Session : public std::enable_shared_from_this<Session> {
  public:
    explicit Session(tcp::socket socket) : socket_(std::move(socket)), pause_(socket_.get_executor()) {}

    void read() {
        socket_.async_read_some(asio::buffer(bytes_), [self = shared_from_this()](Error error, std::size_t size) {
            if (error) return;
            client.set(std::string(self->bytes_.data(), size));
            self->wait(size);
        });
    }

  private:
    void wait(std::size_t size) {
        pause_.expires_after(std::chrono::milliseconds(100));
        pause_.async_wait([self = shared_from_this(), size](Error) { self->write(size); });
    }

    void write(std::size_t size) {
        std::cout << "echo for " << client.get() << '\n';
        asio::async_write(socket_, asio::buffer(bytes_, size), [self = shared_from_this()](Error error, std::size_t) {
            if (!error) self->read();
        });
    }

    tcp::socket socket_;
    asio::steady_timer pause_;
    std::array<char, 64> bytes_{};
};

class Server {
  public:
    explicit Server(asio::io_context& context) : acceptor_(context, {asio::ip::address_v4::loopback(), 0}) { accept(2); }
    [[nodiscard]] tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }

  private:
    void accept(int connections) {
        if (connections == 0) return;
        acceptor_.async_accept([this, connections](Error error, tcp::socket socket) {
            if (!error) std::make_shared<Session>(std::move(socket))->read();
            accept(connections - 1);
        });
    }

    tcp::acceptor acceptor_;
};

asio::awaitable<void> send(tcp::endpoint server, std::string name) {
    tcp::socket socket(co_await asio::this_coro::executor);
    co_await socket.async_connect(server, asio::use_awaitable);
    co_await asio::async_write(socket, asio::buffer(name), asio::use_awaitable);
    std::array<char, 64> reply{};
    const std::size_t size = co_await socket.async_read_some(asio::buffer(reply), asio::use_awaitable);
    std::cout << name << " got " << std::string(reply.data(), size) << '\n';
}

}  // namespace

int main() {
    asio::io_context context(1);
    const Server server(context);
    for (const char* const name : {"ann", "bob"}) asio::co_spawn(context, send(server.endpoint(), name), asio::detached);
    context.run();
}
