/* archive_test.c: archives as streams, whole, cut short, damaged, made to hurt. */
#define _POSIX_C_SOURCE 200809L
#include "base/buffer.h"
#include "check.h"
#include "source/raw.h"
#include "source/resume.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

/* ---- making archives ---- */

static void put_number(struct buffer *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        char byte = (char)(value >> 8 * i);
        buffer_add(out, &byte, 1);
    }
}

/* window: 15 + 16 gzip, -15 raw deflate. */
static void pack(struct buffer *out, const char *bytes, size_t len, int window)
{
    z_stream z = {0};
    size_t cap = len + 1000;
    char *packed = malloc(cap);
    if (!CHECK(packed != NULL))
        return;
    deflateInit2(&z, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
    z.next_in = (unsigned char *)(uintptr_t)bytes;
    z.avail_in = (unsigned)len;
    z.next_out = (unsigned char *)packed;
    z.avail_out = (unsigned)cap;
    CHECK_INT(deflate(&z, Z_FINISH), Z_STREAM_END);
    buffer_add(out, packed, cap - z.avail_out);
    deflateEnd(&z);
    free(packed);
}

/* One member, deflated; streamed: its lengths stand behind it. */
static void put_zip(struct buffer *out, const char *name, const char *bytes,
                    bool is_streamed)
{
    struct buffer data = {0};
    size_t len = strlen(bytes);
    uint32_t crc = (uint32_t)crc32(0, (const unsigned char *)bytes, (unsigned)len);
    pack(&data, bytes, len, -15);
    buffer_add(out, "PK\3\4\24\0", 6);
    put_number(out, is_streamed ? 8 : 0, 2);
    put_number(out, 8, 2);
    put_number(out, 0, 4);
    put_number(out, is_streamed ? 0 : crc, 4);
    put_number(out, is_streamed ? 0 : (uint32_t)data.len, 4);
    put_number(out, is_streamed ? 0 : (uint32_t)len, 4);
    put_number(out, (uint32_t)strlen(name), 2);
    put_number(out, 0, 2);
    buffer_text(out, name);
    buffer_add(out, data.bytes, data.len);
    if (is_streamed) {
        buffer_add(out, "PK\7\10", 4);
        put_number(out, crc, 4);
        put_number(out, (uint32_t)data.len, 4);
        put_number(out, (uint32_t)len, 4);
    }
    buffer_free(&data);
}

/* One member, stored, its length told behind it, in 4 or in 8 bytes. */
static void put_described(struct buffer *out, const char *name, const char *bytes,
                          int size)
{
    size_t len = strlen(bytes);
    uint32_t crc = (uint32_t)crc32(0, (const unsigned char *)bytes, (unsigned)len);
    buffer_add(out, "PK\3\4\24\0\10\0\0\0\0\0\0\0", 14);
    for (int i = 0; i < 3; i++)
        put_number(out, 0, 4);
    put_number(out, (uint32_t)strlen(name), 2);
    put_number(out, 0, 2);
    buffer_text(out, name);
    buffer_add(out, bytes, len);
    buffer_add(out, "PK\7\10", 4);
    put_number(out, crc, 4);
    for (int i = 0; i < 2; i++) {
        put_number(out, (uint32_t)len, 4);
        put_number(out, 0, size - 4);
    }
}

static void end_zip(struct buffer *out)
{
    buffer_add(out, "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
}

static void put_tar(struct buffer *out, const char *name, const char *bytes)
{
    char block[512] = "";
    unsigned sum = 0;
    size_t len = strlen(bytes);
    snprintf(block, 100, "%s", name);
    snprintf(block + 100, 8, "0000644");
    snprintf(block + 124, 12, "%011o", (unsigned)len);
    memset(block + 148, ' ', 8);
    block[156] = '0';
    memcpy(block + 257, "ustar", 6);
    for (int i = 0; i < 512; i++)
        sum += (unsigned char)block[i];
    snprintf(block + 148, 8, "%06o", sum);
    buffer_add(out, block, 512);
    memset(block, 0, sizeof block);
    buffer_add(out, bytes, len);
    buffer_add(out, block, (512 - len % 512) % 512);
}

static void put_record(struct buffer *out, const char *url, const char *body)
{
    struct buffer answer = {0};
    buffer_print(&answer, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n%s", body);
    buffer_print(out,
                 "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\n"
                 "Content-Length: %zu\r\n\r\n%s\r\n\r\n",
                 url, answer.len, answer.bytes);
    buffer_free(&answer);
}

static void put_packed_record(struct buffer *out, const char *url, const char *body)
{
    struct buffer record = {0};
    put_record(&record, url, body);
    pack(out, record.bytes, record.len, 15 + 16);
    buffer_free(&record);
}

/* ---- reading them ---- */

/* All that comes out, a line each: "ok NAME TEXT" or the message; the folder left out. */
static void read_all(const char *bytes, size_t len, uint64_t from, struct buffer *out,
                     uint64_t *last_at)
{
    char path[] = "/tmp/sentosa-archive-XXXXXX";
    struct reader *reader;
    struct fail fail = {""};
    int fd = mkstemp(path);
    if (!CHECK(fd >= 0))
        return;
    CHECK_INT(write(fd, bytes, len), (ssize_t)len);
    close(fd);
    const char *paths[] = {path};
    out->len = 0;
    if (CHECK_INT(reader_open(paths, 1, from, &reader, &fail), OK)) {
        for (int i = 0; i < 1000; i++) {
            struct raw *raw = NULL;
            enum outcome outcome = reader_next(reader, &raw, &fail);
            if (!outcome && !raw)
                break;
            const char *what = raw ? raw->name : fail.message;
            buffer_print(out, "%s%s%s%.*s\n", raw ? "ok " : "", what + strlen(path),
                         raw ? " " : "", raw ? (int)raw->len : 0, raw ? raw->bytes : "");
            if (raw && last_at)
                *last_at = raw->at;
            raw_free(raw);
            CHECK(i < 999);
        }
        reader_close(reader);
    }
    unlink(path);
    buffer_add(out, "", 0);
}

#define MOST 24

/* The lines of what comes out from a mark on (NULL: all), one behind the other; marks of
 * the reports, "" where there is none. */
static size_t read_on(const char *path, const char *mark, struct buffer *out,
                      char marks[MOST][RESUME_MARK_CAP], size_t starts[MOST])
{
    struct reader *reader;
    struct fail fail = {""};
    size_t count = 0;
    out->len = 0;
    if (!CHECK_INT(reader_open(&path, 1, 0, &reader, &fail), OK))
        return 0;
    if (mark)
        CHECK_INT(reader_resume(reader, path, mark, &fail), OK);
    for (; count < MOST; count++) {
        struct raw *raw = NULL;
        enum outcome outcome = reader_next(reader, &raw, &fail);
        if (!outcome && !raw)
            break;
        starts[count] = out->len;
        marks[count][0] = '\0';
        if (raw && raw->path)
            CHECK(resume_mark(raw->path, (struct resume_point){raw->at, raw->skip},
                              marks[count]));
        buffer_print(out, "%s %.*s\n", raw ? raw->name : fail.message,
                     raw ? (int)raw->len : 0, raw ? raw->bytes : "");
        raw_free(raw);
    }
    if (mark)
        CHECK_INT(reader_resumed(reader), 1);
    reader_close(reader);
    buffer_add(out, "", 0);
    return count;
}

/* Reading that ended at any report goes on with it. */
static void expect_to_go_on(const struct buffer *archive)
{
    char path[] = "/tmp/sentosa-archive-XXXXXX";
    char marks[MOST][RESUME_MARK_CAP], none[MOST][RESUME_MARK_CAP];
    size_t starts[MOST], ends[MOST];
    struct buffer all = {0}, rest = {0};
    int fd = mkstemp(path);
    if (!CHECK(fd >= 0))
        return;
    CHECK_INT(write(fd, archive->bytes, archive->len), (ssize_t)archive->len);
    close(fd);
    size_t count = read_on(path, NULL, &all, marks, starts);
    for (size_t i = 0; i < count; i++) {
        if (!marks[i][0])
            continue;
        read_on(path, marks[i], &rest, none, ends);
        CHECK_TEXT(rest.bytes, all.bytes + starts[i]);
    }
    unlink(path);
    buffer_free(&all);
    buffer_free(&rest);
}

static void expect(const struct buffer *archive, const char *want)
{
    struct buffer got = {0};
    read_all(archive->bytes, archive->len, 0, &got, NULL);
    CHECK_TEXT(got.bytes, want);
    expect_to_go_on(archive);
    buffer_free(&got);
}

/* Every beginning of it is read or refused, and reading ends. */
static void expect_cuts_are_survived(const struct buffer *archive)
{
    struct buffer got = {0};
    size_t step = archive->len > 100 ? archive->len / 100 : 1;
    for (size_t len = 1; len < archive->len; len += step)
        read_all(archive->bytes, len, 0, &got, NULL);
    buffer_free(&got);
}

/* Each byte turned over: read, named or refused, and reading ends. */
static void expect_damage_is_survived(const struct buffer *archive)
{
    struct buffer got = {0};
    char *bytes = malloc(archive->len);
    size_t step = archive->len > 100 ? archive->len / 100 : 1;
    for (size_t at = 0; CHECK(bytes != NULL) && at < archive->len; at += step) {
        memcpy(bytes, archive->bytes, archive->len);
        bytes[at] = (char)~bytes[at];
        read_all(bytes, archive->len, 0, &got, NULL);
    }
    free(bytes);
    buffer_free(&got);
}

TEST(a_zip_gives_its_members_streamed_or_not)
{
    struct buffer zip = {0};
    put_zip(&zip, "a/one.txt", "The first text.", false);
    put_zip(&zip, "a/.hidden", "Hidden.", false);
    put_zip(&zip, "two.txt", "The second text.", true);
    put_zip(&zip, "three.txt", "The third text.", false);
    end_zip(&zip);
    expect(&zip, "ok !a/one.txt The first text.\nok !two.txt The second text.\n"
                 "ok !three.txt The third text.\n");
    expect_cuts_are_survived(&zip);
    expect_damage_is_survived(&zip);
    buffer_free(&zip);
}

TEST(stored_members_of_unknown_length_end_at_their_descriptors)
{
    struct buffer zip = {0};
    put_described(&zip, "a/", "", 4);
    put_described(&zip, "a/one.txt", "A text with PK in it, PKPK, and at its end PK", 4);
    put_described(&zip, "two.txt", "The second text.", 8);
    put_zip(&zip, "three.txt", "The third text.", false);
    end_zip(&zip);
    expect(&zip, "ok !a/one.txt A text with PK in it, PKPK, and at its end PK\n"
                 "ok !two.txt The second text.\nok !three.txt The third text.\n");
    expect_cuts_are_survived(&zip);
    expect_damage_is_survived(&zip);
    buffer_free(&zip);
}

TEST(a_broken_member_is_named_and_the_next_is_read)
{
    struct buffer zip = {0};
    put_zip(&zip, "one.txt", "The first text, which will be broken.", false);
    zip.bytes[45] = (char)~zip.bytes[45];
    put_zip(&zip, "two.txt", "The second text.", false);
    end_zip(&zip);
    struct buffer got = {0};
    read_all(zip.bytes, zip.len, 0, &got, NULL);
    CHECK(strncmp(got.bytes, "!one.txt: ", 10) == 0);
    CHECK(strstr(got.bytes, "\nok !two.txt The second text.\n") != NULL);
    buffer_free(&got);
    buffer_free(&zip);
}

TEST(a_tar_gives_its_members_packed_or_not)
{
    struct buffer tar = {0}, packed = {0}, zipped = {0};
    put_tar(&tar, "one.txt", "The first text.");
    put_tar(&tar, "b/two.txt", "The second text.");
    put_tar(&tar, "c", "");
    const char *want = "ok !one.txt The first text.\nok !b/two.txt The second text.\n"
                       "!c: empty\n";
    expect(&tar, want);
    pack(&packed, tar.bytes, tar.len, 15 + 16);
    expect(&packed, want);
    size_t cap = ZSTD_compressBound(tar.len);
    char *bytes = malloc(cap);
    if (CHECK(bytes != NULL))
        buffer_add(&zipped, bytes, ZSTD_compress(bytes, cap, tar.bytes, tar.len, 3));
    expect(&zipped, want);
    expect_cuts_are_survived(&tar);
    expect_cuts_are_survived(&packed);
    expect_cuts_are_survived(&zipped);
    expect_damage_is_survived(&tar);
    expect_damage_is_survived(&packed);
    expect_damage_is_survived(&zipped);
    free(bytes);
    buffer_free(&tar);
    buffer_free(&packed);
    buffer_free(&zipped);
}

TEST(reading_goes_on_at_any_report_of_what_is_packed)
{
    const char *lines = "{\"text\":\"One.\"}\n\n{\"no\":1}\n{\"text\":\"Two.\"}\n"
                        "{\"text\":\"Three.\"}\n";
    struct buffer packed = {0}, zip = {0}, warc = {0}, one = {0};
    pack(&packed, lines, strlen(lines), 15 + 16);
    expect_to_go_on(&packed);
    put_zip(&zip, "a.txt", "The first text.", false);
    put_zip(&zip, "b.jsonl", lines, true);
    put_zip(&zip, "c.csv", "id,text\n1,One.\n2,Two.\n3,Three.\n", false);
    end_zip(&zip);
    expect_to_go_on(&zip);
    for (int i = 0; i < 4; i++)
        put_record(&warc, "http://x/", "The same text.");
    pack(&one, warc.bytes, warc.len, 15 + 16);
    expect_to_go_on(&one);
    buffer_free(&packed);
    buffer_free(&zip);
    buffer_free(&warc);
    buffer_free(&one);
}

TEST(a_warc_is_read_record_by_record_and_from_any_of_them)
{
    struct buffer warc = {0}, packed = {0}, got = {0};
    uint64_t at = 0;
    put_record(&warc, "http://x/1", "One.");
    put_record(&warc, "http://x/2", "Two.");
    expect(&warc, "ok  One.\nok :135 Two.\n");
    put_packed_record(&packed, "http://x/1", "One.");
    put_packed_record(&packed, "http://x/2", "Two.");
    put_packed_record(&packed, "http://x/3", "Three.");
    read_all(packed.bytes, packed.len, 0, &got, &at);
    CHECK(at > 0 && strstr(got.bytes, " Three.\n"));
    read_all(packed.bytes, packed.len, at, &got, NULL);
    CHECK(strstr(got.bytes, " Three.\n") && !strstr(got.bytes, "Two."));
    expect_cuts_are_survived(&warc);
    expect_cuts_are_survived(&packed);
    expect_damage_is_survived(&warc);
    expect_damage_is_survived(&packed);
    buffer_free(&warc);
    buffer_free(&packed);
    buffer_free(&got);
}

TEST(a_broken_member_of_a_packed_warc_costs_one_record)
{
    struct buffer packed = {0}, got = {0};
    put_packed_record(&packed, "http://x/1", "One.");
    size_t second = packed.len;
    put_packed_record(&packed, "http://x/2", "Two.");
    put_packed_record(&packed, "http://x/3", "Three.");
    memset(packed.bytes + second + 30, 0x55, 20);
    read_all(packed.bytes, packed.len, 0, &got, NULL);
    CHECK(strstr(got.bytes, " One.\n") && !strstr(got.bytes, " Two.\n"));
    CHECK(strstr(got.bytes, " Three.\n") && strstr(got.bytes, "gzip data at byte"));
    buffer_free(&packed);
    buffer_free(&got);
}

TEST(a_record_that_lies_of_its_length_costs_one_record)
{
    struct buffer warc = {0}, got = {0};
    buffer_text(&warc,
                "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9000\r\n\r\nx");
    buffer_text(&warc, "\r\n\r\n");
    put_record(&warc, "http://x/2", "Two.");
    buffer_text(&warc, "WARC/1.0\r\nContent-Length: -5\r\n\r\n");
    buffer_text(&warc, "WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n");
    read_all(warc.bytes, warc.len, 0, &got, NULL);
    CHECK(strstr(got.bytes, "cut short at byte 0") && strstr(got.bytes, " Two.\n"));
    buffer_free(&warc);
    buffer_free(&got);
}

TEST(what_unpacks_to_far_more_than_it_is_is_refused)
{
    size_t len = (size_t)400 << 20, cap = ZSTD_compressBound(len);
    char *bytes = malloc(len), *packed = malloc(cap);
    struct buffer got = {0};
    if (CHECK(bytes && packed)) {
        static const char first[] = "{\"text\":\"One.\"}\n";
        memset(bytes, '\n', len);
        memcpy(bytes, first, sizeof first - 1);
        size_t size = ZSTD_compress(packed, cap, bytes, len, 1);
        read_all(packed, size, 0, &got, NULL);
        CHECK(strstr(got.bytes, "ok :1 One.\n") && strstr(got.bytes, "times its size"));
    }
    free(bytes);
    free(packed);
    buffer_free(&got);
}

TEST(archives_in_archives_have_a_floor)
{
    struct buffer in = {0}, out = {0}, got = {0};
    buffer_text(&in, "A text.");
    for (int i = 0; i < 12; i++) {
        pack(&out, in.bytes, in.len, 15 + 16);
        buffer_free(&in);
        in = out;
        out = (struct buffer){0};
    }
    read_all(in.bytes, in.len, 0, &got, NULL);
    CHECK(strstr(got.bytes, "too many archives") != NULL);
    buffer_free(&in);
    buffer_free(&got);
}

TEST(tables_and_feeds_give_a_report_an_item)
{
    struct buffer file = {0};
    buffer_text(&file, "id,title,body\n1,First,\"A \"\"quoted\"\"\nbody.\"\n2,Second,\n"
                       "3,Third,Plain.\n");
    expect(&file, "ok :2 A \"quoted\"\nbody.\n:4: no text in the record\nok :5 Plain.\n");
    file.len = 0;
    buffer_text(
        &file,
        "<?xml version='1.0'?><rss><channel><title>Hill</title><item><title>A"
        "</title><description>One.</description></item><item><description>"
        "<![CDATA[Two </item> &amp; more.]]></description></item></channel></rss>");
    expect(&file, "ok :1 One.\nok :2 Two </item> &amp; more.\n");
    file.len = 0;
    buffer_text(&file, "[{\"text\":\"One.\"}, 7, {\"content_text\":\"Two.\"}]");
    expect(&file, "ok :1 One.\n:2: not a JSON object\nok :3 Two.\n");
    buffer_free(&file);
}

/* Whatever is read or refused, it is soon over and a reason is given. */
TEST(hostile_files_of_every_kind_come_to_an_end)
{
    static const struct {
        const char *start;
        size_t start_len;
        const char *again;
        size_t again_len, times;
    } cases[] = {
#define CASE(start, again, times)                                                        \
    {start, sizeof start - 1, again, sizeof again - 1, times}
        CASE("", "[", 1000000),
        CASE("", "{\"a\":", 300000),
        CASE("{\"text\":", "[", 1000000),
        CASE("{\"text\":\"", "\\u0000", 100000),
        CASE("{\"text\":\"", "\\ud800", 100000),
        CASE("<?xml version='1.0'?><rss><channel>", "<item>", 300000),
        CASE("<?xml version='1.0'?><rss><channel><item><title>", "<![CDATA[", 300000),
        CASE("<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry><content>", 200000),
        CASE("id,title,text\n1,\"", "a,\"\"b\n", 500000),
        CASE("id,title,text\n", ",", 2000000),
        CASE("\xFF\xFE", "\x00\xD8", 500000),
        CASE("\xFE\xFF\xDC\x00\xD8", "\xD8\x00\x00", 300001),
        CASE("text \xF4", "\x90\x80\xC0\xAF\xED\xA0", 300000),
        CASE("A", "\xE2\x80\xAE\xE2\x81\xA6", 300000),
        CASE("<html><body><p>A", "\0", 500000),
        CASE("<html><body><p a='", "x", 15000000),
        CASE("WARC/1.0\r\n", "A: b\r\n", 500000),
        CASE("WARC/1.0\r\nContent-Length: 18446744073709551615\r\n\r\n", "x", 100000),
        CASE("PK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F"
             "\xFF\xFF\xFF\xFF",
             "n", 200000),
        CASE("", "PK\3\4\24\0\10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0a", 900),
        CASE("\x1F\x8B\x08\0\0\0\0\0\0\3", "\x1F\x8B\x08", 300000),
        CASE("\x28\xB5\x2F\xFD", "\x28\xB5\x2F\xFD", 300000),
        CASE("1\tA\ta\tNOUN\t_\t_\t0\troot\t_\t_\n", "2\tB\tb\tX\t_\t_\t9\tx\t_\t_\n",
             100000)};
#undef CASE
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer file = {0}, got = {0};
        buffer_add(&file, cases[i].start, cases[i].start_len);
        for (size_t n = 0; n < cases[i].times; n++)
            buffer_add(&file, cases[i].again, cases[i].again_len);
        read_all(file.bytes, file.len, 0, &got, NULL);
        if (!CHECK(got.len > 0))
            printf("case %zu\n", i);
        buffer_free(&file);
        buffer_free(&got);
    }
}
