// The pool's promises: every index once, the same parts every time, errors handed on, no busy
// idling.
#include "core/thread_pool.h"

#include <atomic>
#include <chrono>
#include <ctime>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "check.h"
#include "core/processor.h"

using namespace neiro;

namespace {

const int kSizes[] = {1, 2, 3, 7};
const int64_t kCounts[] = {0, 1, 2, 3, 5, 6, 7, 8, 100, 1009};

TEST(parallel_for_visits_every_index_once) {
  for (int size : kSizes) {
    ThreadPool pool(size);
    CHECK(pool.size() == size);
    for (int64_t count : kCounts) {
      std::vector<std::atomic<int>> visits(count);
      std::atomic<int> parts{0};
      pool.parallel_for(count, [&](int64_t begin, int64_t end, int worker) {
        CHECK(begin < end && worker >= 0 && worker < size);
        ++parts;
        for (int64_t i = begin; i < end; ++i) ++visits[i];
      });
      for (const auto& visit : visits) CHECK(visit == 1);
      CHECK(parts == std::min<int64_t>(count, size));
    }
  }
}

TEST(parallel_for_gives_each_worker_the_same_part_every_time) {
  ThreadPool pool(3);
  for (int repeat = 0; repeat < 200; ++repeat) {
    int64_t begins[3] = {-1, -1, -1}, ends[3] = {};
    pool.parallel_for(10, [&](int64_t begin, int64_t end, int worker) {
      begins[worker] = begin;
      ends[worker] = end;
    });
    CHECK(begins[0] == 0 && ends[0] == 4);
    CHECK(begins[1] == 4 && ends[1] == 7);
    CHECK(begins[2] == 7 && ends[2] == 10);
  }
}

TEST(the_caller_is_worker_zero) {
  ThreadPool pool(2);
  const std::thread::id caller = std::this_thread::get_id();
  pool.parallel_for(2, [&](int64_t, int64_t, int worker) {
    CHECK((std::this_thread::get_id() == caller) == (worker == 0));
  });
}

TEST(parallel_each_visits_every_index_once) {
  for (int size : kSizes) {
    ThreadPool pool(size);
    for (int64_t count : kCounts) {
      std::vector<std::atomic<int>> visits(count);
      pool.parallel_each(count, [&](int64_t index, int worker) {
        CHECK(worker >= 0 && worker < size);
        ++visits[index];
      });
      for (const auto& visit : visits) CHECK(visit == 1);
    }
  }
}

TEST(many_short_rounds_lose_nothing) {
  ThreadPool pool(2);
  int64_t sums[2] = {};
  for (int64_t round = 0; round < 20000; ++round) {
    pool.parallel_for(2,
                      [&](int64_t begin, int64_t, int worker) { sums[worker] += begin + round; });
  }
  const int64_t rounds = 20000 * 19999 / 2;
  CHECK(sums[0] == rounds && sums[1] == rounds + 20000);
}

// The binding calls from whichever pool thread is free, and workers may be asleep by then.
TEST(calls_may_come_from_different_threads_one_after_another) {
  ThreadPool pool(3);
  int64_t total = 0;
  for (int call = 0; call < 30; ++call) {
    std::thread([&] {
      std::atomic<int64_t> sum{0};
      pool.parallel_for(100, [&](int64_t begin, int64_t end, int) { sum += end - begin; });
      total += sum;
    }).join();
    if (call % 10 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(3));
  }
  CHECK(total == 3000);
}

template <class Call>
std::string thrown_by(Call call) {
  try {
    call();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "nothing";
}

TEST(the_first_exception_by_worker_comes_out_and_the_pool_goes_on) {
  ThreadPool pool(4);
  for (int repeat = 0; repeat < 50; ++repeat) {
    CHECK(thrown_by([&] {
            pool.parallel_for(4, [](int64_t, int64_t, int worker) {
              if (worker >= 1) throw std::runtime_error(std::to_string(worker));
            });
          }) == "1");
    std::atomic<int> visits{0};
    pool.parallel_for(4, [&](int64_t, int64_t, int) { ++visits; });
    CHECK(visits == 4);
  }
  CHECK(thrown_by([&] {
          pool.parallel_for(1, [](int64_t, int64_t, int) { throw std::runtime_error("alone"); });
        }) == "alone");
  CHECK(thrown_by([&] {
          pool.parallel_each(9, [](int64_t index, int) {
            if (index == 5) throw std::runtime_error("five");
          });
        }) == "five");
}

TEST(a_call_inside_a_body_is_refused_instead_of_hanging) {
  for (int size : {1, 2}) {
    ThreadPool pool(size);
    CHECK_ERROR("INTERNAL", pool.parallel_for(2, [&](int64_t, int64_t, int) {
      pool.parallel_for(2, [](int64_t, int64_t, int) {});
    }));
    pool.parallel_for(2, [](int64_t, int64_t, int) {});
  }
}

TEST(an_idle_pool_sleeps) {
  ThreadPool pool(2);
  pool.parallel_for(2, [](int64_t, int64_t, int) {});
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  const std::clock_t before = std::clock();  // processor time of the whole process
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const double busy = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
  CHECK(busy < 0.1);
}

TEST(zero_threads_means_one_per_processor_and_too_many_are_refused) {
  CHECK(ThreadPool(0).size() == available_processors());
  CHECK_ERROR("THREADS_UNAVAILABLE", ThreadPool(1000000));
}

TEST(pools_come_and_go) {
  for (int i = 0; i < 50; ++i) {
    ThreadPool pool(1 + i % 4);
    std::atomic<int> visits{0};
    if (i % 2) pool.parallel_for(8, [&](int64_t b, int64_t e, int) { visits += int(e - b); });
    CHECK(visits == (i % 2 ? 8 : 0));
  }
}

}  // namespace
