-- The rules of budgets over the keys of one partition, in named parts. A step is a script of its own, in which a line '-- use NAME' stands
-- for a part. To make a function and to call a command are what a script costs; so a step makes the functions that it needs, what is rare
-- only where it happens, and looks nothing up that it does not need.
--
-- KEYS  1 the head of the store, 2 the call, then for every account two: its sums, its holds; with an entry the log at the end.
-- ARGV  1 the id, 2 and 3 what the step says, 4 the number of charges, 5 the form, letters for what is there: 's' states are wanted, 'x'
--       charges are in full, 'e' an entry; in tests, which turn the clock, '@' and the time at the end. 6 the epoch that the caller knows.
--       Then for every charge: account, period, amount, limit; in full also floor, rollover, observed and behind it the name of an account
--       whose key has a hash instead. Then the accounts of further keys; at the end the entry.
--
-- The first line of a script has the settings of its store: RETENTION, how long an id is known, and KEEP, how long a window is known, in
-- milliseconds; ENTRIES, how many entries are kept. Stores with other settings so have other scripts.
--
-- head   HASH    v (version), e (epoch), q<epoch> (sequence): to count a change says whether the store still has the epoch that the caller
--                knows. Another version of these rules has to call its sequence otherwise, so that this one then looks at v.
-- call   STRING  'H 0 F item...' held; 'R AT F item...' released; 'S AT REMARKS F G' settled. F is the fingerprint of what was reserved, or
--                '-'; G of what was settled; AT the second of Unix time in which it ended. An item: account, WINDOW:AMOUNT:FLOOR, start of
--                the window before, what counts as spent.
-- sums   HASH    s<window> settled, h<window> held; a window is named by its start, the one that never ends is 't'; n the name of
--                the account where the key has a hash instead, for those who list accounts.
-- holds  ZSET    'ID WINDOW:AMOUNT:FLOOR' by deadline: the holds that are alive; 'w<window>' by when the window is forgotten.
--
-- Numbers are whole and come as text. Sums are only ever changed by HINCRBY, and those above 2^53 shown as text, so that they stay exact.

-- part begin
local call, format, find, match = redis.call, string.format, string.find, string.match
local EXACT, ENDLESS = 9007199254740991, '9223372036854775807'
local COUNT, FORM = tonumber(ARGV[4]), ARGV[5]
local WIDTH = FORM ~= '' and find(FORM, 'x') and 7 or 4
local epoch, count = ARGV[6], nil
-- use clock
local now = time[1] * 1000 + (time[2] - time[2] % 1000) / 1000

local function answer(outcome, rest)
  if not count then
    -- use head
    count = count or call('HGET', KEYS[1], 'q' .. epoch) or '0'
  end
  return outcome .. ' ' .. epoch .. ' ' .. count .. ' ' .. time[1] .. ' ' .. time[2] .. rest
end

-- part clock
local time = call('TIME')

-- part head
-- The epoch of the store. That of a new one is the instant in microseconds: another one than that of a store that was here before.
local head = call('HMGET', KEYS[1], 'v', 'e', 'q' .. epoch)
if head[1] == '1' and head[2] then
  epoch, count = head[2], head[2] == epoch and head[3]
else
  if head[1] and head[1] ~= '1' then error('LCM-VERSION ' .. head[1]) end
  if call('EXISTS', KEYS[1]) == 1 then error('LCM-CORRUPT head') end
  local made = call('TIME')
  epoch = format('%.0f', made[1] * 1000000 + made[2])
  call('HSET', KEYS[1], 'v', '1', 'e', epoch, 'q' .. epoch, '0')
end

-- part count_change
-- Counts a change of the store, before it is made. Where the store has another epoch than the caller knows, that one's number begins anew.
count = call('HINCRBY', KEYS[1], 'q' .. epoch, '1')
if count == 1 then
  call('HDEL', KEYS[1], 'q' .. epoch)
  -- use head
  count = call('HINCRBY', KEYS[1], 'q' .. epoch, '1')
end

-- part number
local function number(text)
  if not text then return 0 end
  if text ~= '0' and not find(text, '^%-?[1-9]%d*$') then error('LCM-CORRUPT sum') end -- what HINCRBY takes
  return tonumber(text)
end

-- part known_call
-- A call that is still known: its kind, the fingerprint of what was reserved, or the remarks of one that is settled, the rest of the text.
-- One that ended is forgotten RETENTION after the second in which it did: by the server itself, unless a test turns the clock.
local kind, at, reserved, rest = match(known, '^([HRS]) (%d+) (%S+)(.*)$')
if not kind then error('LCM-CORRUPT call') end
if at ~= '0' and now - at * 1000 >= RETENTION + 1000 then kind, reserved, rest = nil, nil, nil end

-- part items
-- The items of a call with the places of their keys, and how many of them are charged now; or the accounts whose keys are missing. Accounts
-- mostly come in the order that they were reserved in.
local items, charged, from, missing = {}, 0, 1, nil
while from <= #rest do
  local _, stop, account, hold, window, amount, least, previous, spent =
    find(rest, '^ (%S+) ((%S-):(%d+):(%d+)) (%S+) (%S+)', from)
  if not stop then error('LCM-CORRUPT call') end
  local place = #items + 1
  if place > COUNT or ARGV[7 + WIDTH * (place - 1)] ~= account then
    place = nil
    for i = 1, COUNT do
      if ARGV[7 + WIDTH * (i - 1)] == account then place = i end
    end
    for i = COUNT + 1, COUNT + #ARGV - WIDTH * COUNT - 6 do
      if ARGV[6 + WIDTH * COUNT + i - COUNT] == account then place = i end
    end
    if not place then missing = (missing or 'need') .. ' ' .. account end
  end
  if place and place <= COUNT then charged = charged + 1 end
  from = stop + 1
  items[#items + 1] = {
    account = account, place = place, hold = hold, window = window, amount = amount, least = least, previous = previous, spent = spent
  }
end
if missing then return missing end

-- part window_of
-- The window of a period that is running: its name, end, start of the one before, when it is forgotten, buckets, length, start.
local function window_of(period)
  local kind, a, b, c, d = match(period, '^(%a)(%-?%d+):(%-?%d+):(%-?%d+):(%-?%d+)$')
  if kind == 'f' or kind == 'c' then -- previous, start, end, next end; chosen or not
    local start, stop = tonumber(b), tonumber(c)
    if kind == 'f' and now >= stop then
      local next_stop = tonumber(d)
      if now >= next_stop then return nil end
      a, b, c, start, stop = b, c, d, stop, next_stop
    elseif kind == 'f' and now < start then
      return nil
    end
    local length = 2 * (stop - start)
    return b, c, a ~= b and a or nil, stop + (KEEP > length and KEEP or length), 0
  end
  if not kind then return 't', ENDLESS, nil, nil, 0 end
  local length, buckets = tonumber(a), tonumber(b) -- and the start of a chosen one
  local start = kind == 'd' and tonumber(c) or now - now % length
  local span = length * buckets
  local forget = start + length + span + (KEEP < span and KEEP or span)
  return format('%.0f', start), format('%.0f', start + length), nil, forget, buckets, length, start
end

-- part live_until
-- Keys of an account live until an instant at least; those of one with a window that never ends live for ever.
local function live_until(sums, holds, at)
  if call('HEXISTS', sums, 'st') == 1 then return end
  local left, wanted = call('PTTL', sums), at - now + 60000
  if left > wanted then wanted = left end
  if wanted < 1 then wanted = 1 end -- a window that is long over; 0 and less would delete the keys with the holds in them
  wanted = format('%.0f', wanted)
  call('PEXPIRE', sums, wanted)
  call('PEXPIRE', holds, wanted)
end

-- part opened
-- After the first use of a window.
local function opened(place, window, forget)
  local sums, holds = KEYS[1 + 2 * place], KEYS[2 + 2 * place]
  local name = WIDTH == 7 and string.sub(ARGV[6 + 7 * place], 2) or ''
  if name ~= '' then call('HSET', sums, 'n', name) end
  if forget then
    call('ZADD', holds, format('%.0f', forget), 'w' .. window)
    -- use live_until
    live_until(sums, holds, forget)
  else
    call('PERSIST', sums)
    call('PERSIST', holds)
  end
end

-- part give_back
-- Gives back what is due of an account, and forgets windows that are over.
local due, given = call('ZRANGEBYSCORE', holds, '-inf', format('%.0f', now), 'LIMIT', '0', '16'), 0
for k = 1, #due do
  local window, amount, least = match(due[k], ' (%S-):(%d+):(%d+)$')
  if window then
    if given < 8 then
      given = given + 1
      -- use count_change
      if least ~= '0' then call('HINCRBY', sums, 's' .. window, least) end
      if amount ~= '0' then call('HINCRBY', sums, 'h' .. window, '-' .. amount) end
      call('ZREM', holds, due[k])
    end
  else
    window = match(due[k], '^w(%S+)$')
    if not window then error('LCM-CORRUPT hold') end
    local held = call('HGET', sums, 'h' .. window)
    if held and held ~= '0' then
      call('ZADD', holds, format('%.0f', now + 60000), due[k])
    else
      call('HDEL', sums, 's' .. window, 'h' .. window)
      call('ZREM', holds, due[k])
    end
  end
end

-- part sums_of
-- Sums of a window as numbers, when what is added still fits; how they are stored, or false.
local has = call('HMGET', sums, 's' .. window, 'h' .. window)
local settled_text, held_text = has[1], has[2]
local settled, held = tonumber(settled_text or '0'), tonumber(held_text or '0')
local both = ' ' .. (settled_text or '') .. ' ' .. (held_text or '')
if not settled or not held or find(both, '[^%d -]') or find(both, ' %-?0%d') then error('LCM-CORRUPT sum') end -- HINCRBY takes no others
local sum = settled + held + added
if sum > 4e18 or sum < -4e18 then error('LCM-RANGE') end

-- part rolling
-- use number
local function total(values)
  local sum = 0
  for i = 1, #values do sum = sum + tonumber(values[i]) end
  if sum > EXACT or sum < -EXACT then return sum, table.concat(values, '+') end
  return sum, format('%.0f', sum)
end

-- What a rolling window has: settled, held, as numbers and as text; its end.
local function rolling(sums, length, buckets, start)
  local all = call('HGETALL', sums)
  local oldest, settled, held, from = start - length * buckets, {}, {}, nil
  for i = 1, #all, 2 do
    local kind, at = match(all[i], '^([sh])(%S+)$')
    local value = all[i] == 'n' and 0 or number(all[i + 1])
    if kind == 'h' then
      if value ~= 0 then held[#held + 1] = all[i + 1] end
    elseif at ~= 't' and value ~= 0 then
      local begun = number(at)
      if begun >= oldest then
        settled[#settled + 1] = all[i + 1]
        if value > 0 and (not from or begun < from) then from = begun end
      end
    end
  end
  local s, s_text = total(settled)
  local h, h_text = total(held)
  return s, h, s_text, h_text, format('%.0f', (from or start) + length * (from and buckets + 1 or 1))
end

-- part limit_of
-- use number
-- The limit of a charge with what the window before left.
local function limit_of(sums, base, previous)
  local limit, most = tonumber(ARGV[base + 4]), WIDTH == 7 and ARGV[base + 6] or '0'
  if most == '0' or not limit or not previous or previous == '-' then return limit end
  local over = call('HMGET', sums, 's' .. previous, 'h' .. previous)
  local left = limit - number(over[1]) - number(over[2])
  if left <= 0 then return limit end
  most = tonumber(most)
  return limit + (left < most and left or most)
end

-- part states
-- What accounts of the charges have in the windows that are running, where it is wanted; '-' where a window is over.
local states = ''
if find(FORM, 's') then
  for i = 1, COUNT do
    local base, sums = 6 + WIDTH * (i - 1), KEYS[1 + 2 * i]
    local period, limit = ARGV[base + 2], ARGV[base + 4]
    local window, stop, previous, buckets, length, start, _ = 't', ENDLESS, nil, 0, nil, nil, nil
    if period ~= 't' then
      -- use window_of
      window, stop, previous, _, buckets, length, start = window_of(period)
    end
    if not window then
      states = states .. ' -'
    elseif buckets > 0 then
      -- use rolling
      local _, _, settled, held, ends = rolling(sums, length, buckets, start)
      states = states .. ' ' .. settled .. ':' .. held .. ':' .. limit .. ':' .. ends
    else
      if previous and WIDTH == 7 and ARGV[base + 6] ~= '0' and limit ~= '' then
        -- use limit_of
        limit = format('%.0f', limit_of(sums, base, previous))
      end
      local has = call('HMGET', sums, 's' .. window, 'h' .. window)
      states = states .. ' ' .. (has[1] or '0') .. ':' .. (has[2] or '0') .. ':' .. limit .. ':' .. stop
    end
  end
end

-- part repeated
-- The answer to a reservation whose call is known.
local known = call('GET', KEYS[2])
if known then
  -- use known_call
  if kind == 'S' or kind == 'R' or kind and reserved == '-' then return answer('4', ' -1 -') end
  if kind and reserved ~= ARGV[2] then return answer('3', ' -1 -') end
  if kind then
    -- use states
    return answer('2', ' -1 -' .. states)
  end
end

-- part is_above
-- Whether a window that was charged is above its limit; settled is what it has now, or nothing when it is forgotten.
local base, sums = 6 + WIDTH * (place - 1), KEYS[1 + 2 * place]
local period, limit = ARGV[base + 2], tonumber(ARGV[base + 4])
if limit and find(period, '^[rd]') then
  -- use window_of
  -- use rolling
  local _, _, _, _, buckets, length, start = window_of(period)
  settled = rolling(sums, length, buckets, start)
elseif limit and settled and WIDTH == 7 and ARGV[base + 6] ~= '0' and period ~= 't' then
  -- use limit_of
  local period_previous, period_start = match(period, '^.(%-?%d+):(%-?%d+)')
  if period_start == window then previous = period_previous ~= window and period_previous or nil end
  limit = limit_of(sums, base, previous)
end
if limit and settled and settled > limit then above_limit = true end
