# Builds sentosa: `make`, `make test`, `make run`.
MODE ?= release
CC ?= gcc
BUILD := build$(if $(filter-out release,$(MODE)),/$(MODE))
CFLAGS_release := -O2 -g
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer
CFLAGS := -std=c11 -Wall -Wextra -Wpedantic $(CFLAGS_$(MODE)) $(EXTRA_CFLAGS)
CPPFLAGS := -I. -Isrc -Iinclude -D_DEFAULT_SOURCE -MMD -MP
LDLIBS := -lutf8proc -lgumbo -ljansson -lsqlite3 -lz -lm -lpthread

LIB_SRC := $(filter-out src/data/pack_main.c,$(wildcard src/*/*.c))
CLI_SRC := $(wildcard cli/*.c)
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
CLI_OBJ := $(CLI_SRC:%.c=$(BUILD)/%.o)
DATA := $(shell find data/en -name '*.tsv')
WEIGHTS := $(wildcard models/english.bin)

all: $(BUILD)/sentosa $(BUILD)/sentosa.pack

$(BUILD)/sentosa: $(CLI_OBJ) $(BUILD)/libsentosa.a
	$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/sentosa-pack: $(BUILD)/src/data/pack_main.o $(BUILD)/libsentosa.a
	$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libsentosa.a: $(LIB_OBJ)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/sentosa.pack: $(BUILD)/sentosa-pack $(DATA) $(WEIGHTS)
	$(BUILD)/sentosa-pack data/en $@ $(WEIGHTS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

clean:
	rm -rf build

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d)
.PHONY: all clean
