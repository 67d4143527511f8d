# Makefile: builds sentosa, tests it, checks it. `make help` says what it can do.
MODE ?= release
PREFIX ?= /usr/local
ifeq ($(origin CC),default)
CC := gcc
endif

BUILD := build$(if $(filter-out release,$(MODE)),/$(MODE))
GEN := $(BUILD)/gen
CFLAGS_release := -O2 -g
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined \
    -fno-omit-frame-pointer $(if $(findstring clang,$(CC)),,-Wno-format-truncation)
CFLAGS_fuzz := $(CFLAGS_asan) -fsanitize=fuzzer-no-link
CFLAGS_net_fuzz := -O3 -fno-sanitize=fuzzer-no-link
CFLAGS := -std=c11 -Wall -Wextra -Wpedantic $(if $(WERROR),-Werror) $(CFLAGS_$(MODE)) -fPIC \
    -fvisibility=hidden $(EXTRA_CFLAGS)
CPPFLAGS := -I. -Isrc -Iinclude -I$(GEN) -D_DEFAULT_SOURCE \
    -DSENTOSA_DATADIR='"$(PREFIX)/share/sentosa"'
LDLIBS := -lutf8proc -luchardet -lgumbo -ljansson -lsqlite3 -lz -lzstd -lm -lpthread

# ---- what is built from what ----

LIB_SRC := $(filter-out src/data/pack_main.c,$(wildcard src/*/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
CLI_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(wildcard cli/*.c))
PACK_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/base/*.c src/data/*.c))
TRAIN_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(wildcard train/*.c)) \
    $(filter $(BUILD)/src/base/% $(BUILD)/src/data/% $(BUILD)/src/doc/% $(BUILD)/src/net/% \
        $(BUILD)/src/source/%,$(LIB_OBJ))
UNIT_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(wildcard test/unit/*.c))
CASES_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(wildcard test/cases/*.c))
TEXTS := $(wildcard src/*/*.sql)
GENERATED := $(TEXTS:src/%=$(GEN)/%.h)
DATA := $(shell find data/en -name '*.tsv' 2>/dev/null)
WEIGHTS := $(wildcard models/english.bin)

all: $(BUILD)/sentosa $(BUILD)/sentosa.pack $(BUILD)/libsentosa.so

# The program sees what any user of the library sees: the one merged object keeps every name that
# is not of the public headers to itself.
$(BUILD)/sentosa: $(CLI_OBJ) $(BUILD)/libsentosa.a
	$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libsentosa.a: $(LIB_OBJ)
	@rm -f $@ && mkdir -p $(@D)
	ld -r -o $(BUILD)/libsentosa.o $^
	$(if $(filter release,$(MODE)),objcopy --localize-hidden $(BUILD)/libsentosa.o)
	ar rcs $@ $(BUILD)/libsentosa.o

$(BUILD)/libsentosa.so: $(LIB_OBJ)
	$(CC) $(CFLAGS) -shared -Wl,-soname,libsentosa.so.0 -o $@ $^ $(LDLIBS)

$(BUILD)/sentosa-pack: $(PACK_OBJ)
	$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/sentosa.pack: $(BUILD)/sentosa-pack $(DATA) $(WEIGHTS)
	$(BUILD)/sentosa-pack data/en $@ $(WEIGHTS)

$(BUILD)/unit: $(UNIT_OBJ) $(LIB_OBJ)
	$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/cases: $(CASES_OBJ) $(BUILD)/libsentosa.a
	$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)

# Reads a small report again and again, each time with one more allocation granted.
$(BUILD)/starve: $(BUILD)/test/starve/starve.o $(LIB_OBJ)
	$(CC) $(CFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=strdup -o $@ $^ $(LDLIBS)

$(BUILD)/sentosa-train: $(TRAIN_OBJ)
	$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/test/%.o: CPPFLAGS += -Itest
# The network's loops take most of a fuzzer's time and have no paths to find.
$(BUILD)/src/net/%.o: CFLAGS += $(CFLAGS_net_$(MODE))
# Elementwise loops of the trainer; contraction off: the same sums on each compiler.
$(BUILD)/train/%.o: CFLAGS += -O3 -ffp-contract=off

$(BUILD)/%.o: %.c $(BUILD)/flags | $(GENERATED)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(GEN)/%.h: src/% tools/embed
	@mkdir -p $(@D)
	tools/embed $< > $@

# Other flags, other objects.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CPPFLAGS) $(CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CPPFLAGS) $(CFLAGS)' > $@

# ---- what a person calls ----

run: setup
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@tools/show $(BUILD)/sentosa test/samples/border-talks.txt

TESTS := $(BUILD)/unit $(BUILD)/cases $(BUILD)/sentosa-train $(if $(wildcard test/starve),$(BUILD)/starve)

test: setup
	@$(MAKE) --no-print-directory -j$$(nproc) all tests
	@tools/test $(BUILD) $(SUITES)

tests: $(TESTS)

setup:
	@tools/setup build test

lint:
	@CC=$(CC) tools/lint $(CHECKS)

format:
	tools/format $$(git ls-files '*.[ch]')

T ?= 30
fuzz: all
	@$(MAKE) --no-print-directory MODE=fuzz CC=clang fuzzers
	@tools/fuzz build/fuzz $(T) $(SEED)

FUZZERS := $(patsubst test/fuzz/%.c,$(BUILD)/fuzz-%,$(wildcard test/fuzz/*.c))
fuzzers: $(FUZZERS)

$(BUILD)/fuzz-%: $(BUILD)/test/fuzz/%.o $(LIB_OBJ)
	$(CC) $(CFLAGS) -fsanitize=fuzzer -o $@ $^ $(LDLIBS)

bench: all $(BUILD)/bench-speed
	@tools/bench $(BUILD)

# Each file of test/bench is a program of its own: build/bench-split and so on.
$(BUILD)/bench-%: $(BUILD)/test/bench/%.o $(LIB_OBJ)
	$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)

train: $(BUILD)/sentosa-train

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include \
	    $(DESTDIR)$(PREFIX)/share/sentosa
	install -m 755 $(BUILD)/sentosa $(DESTDIR)$(PREFIX)/bin/
	install -m 644 $(BUILD)/libsentosa.a $(DESTDIR)$(PREFIX)/lib/
	install -m 755 $(BUILD)/libsentosa.so $(DESTDIR)$(PREFIX)/lib/libsentosa.so.0
	ln -sf libsentosa.so.0 $(DESTDIR)$(PREFIX)/lib/libsentosa.so
	install -m 644 include/*.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 $(BUILD)/sentosa.pack $(DESTDIR)$(PREFIX)/share/sentosa/

clean:
	rm -rf build

# What the examples of the README print now.
readme: all
	@test/cli/readme $(BUILD) --write README.md

# What the program reaches on gold now.
score: all
	@tools/score $(BUILD) --write

help:
	@echo 'make                 build/sentosa, build/sentosa.pack, build/libsentosa.a and .so'
	@echo 'make run             install what is missing, build, read a sample report'
	@echo 'make test            run every test (SUITES="unit cases" for some)'
	@echo 'make MODE=asan test  the same under the address and undefined-behaviour sanitizers'
	@echo 'make lint            layout, warnings, floors, exported names, lengths'
	@echo 'make format          lay the code out anew'
	@echo 'make fuzz T=30       every fuzzer for T seconds (SEED=1: the same inputs again)'
	@echo 'make bench           speed, as ratios to a count of words in the same run'
	@echo 'make readme          write what its examples print into the README'
	@echo 'make score           write what is reached on gold into test/gold/score.tsv'
	@echo 'make train           build/sentosa-train, the trainer of the weights'
	@echo 'make install         into PREFIX ($(PREFIX))'

-include $(shell find $(BUILD)/src $(BUILD)/cli $(BUILD)/test $(BUILD)/train -name '*.d' 2>/dev/null)
.PHONY: all run test tests setup lint format fuzz fuzzers bench train install readme score clean help FORCE
.SECONDARY:
