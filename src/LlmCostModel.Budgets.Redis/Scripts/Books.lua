-- The rules of budgets over the keys of one partition. Every script is this text and one of the steps behind it.
--
-- KEYS  1 the head of the store, 2 the call, then for every account two: its sums, its holds; with an entry the log at the end.
-- ARGV  1 an epoch for a new store, 2 how long an id is known, 3 how long a window is known, 4 the id, 5 and 6 what the step says,
--       7 the number of charges, 8 whether states are wanted, 9 the entry; then seven for every charge (account, period, amount, floor,
--       limit, rollover, observed and behind it the name of an account whose key has a hash instead); then the accounts of further
--       keys.
--
-- head   HASH    v (version), e (epoch), q (sequence)
-- call   STRING  'H 0 F item...' held; 'R END F item...' released; 'S END REMARKS F G' settled. F is the fingerprint of what was
--                reserved, or '-'; G of what was settled; END when it is forgotten. An item: account, WINDOW:AMOUNT:FLOOR, start of the
--                window before, what counts as spent.
-- sums   HASH    s<window> settled, h<window> held; a window is named by its start, the one that never ends is 't'; n the name of
--                the account where the key has a hash instead, for those who list accounts.
-- holds  ZSET    'ID WINDOW:AMOUNT:FLOOR' by deadline: the holds that are alive; 'w<window>' by when the window is forgotten.
--
-- Numbers are whole and come as text. Sums above 2^53 are only ever changed by HINCRBY and shown as text, so that they stay exact.
local call, format, find, match, sub = redis.call, string.format, string.find, string.match, string.sub
local tonumber, floor, concat = tonumber, math.floor, table.concat
local EXACT = 9007199254740991
local KEEP, COUNT = tonumber(ARGV[3]), tonumber(ARGV[7])

local function int(n)
  return format('%.0f', n)
end

local function number(text)
  if not text then return 0 end
  if not find(text, '^%-?%d+$') then error('LCM-CORRUPT sum') end
  return tonumber(text)
end

local function now_of()
  local time = call('TIME')
  return time[1] * 1000 + floor(time[2] / 1000)
end

local now = now_of()
local now_text = int(now)
local head = call('HMGET', KEYS[1], 'v', 'e', 'q')
local epoch, sequence, first = head[2], number(head[3]), nil
if head[1] ~= '1' then
  if head[1] then error('LCM-VERSION ' .. head[1]) end
  if call('EXISTS', KEYS[1]) == 1 then error('LCM-CORRUPT head') end
  epoch, first = match(ARGV[1], '^%d+'), true
end
if not epoch or not (first or head[3]) then error('LCM-CORRUPT head') end
local before = sequence

-- The answer; what was counted since the beginning is written.
local function answer(outcome, rest)
  local count = sequence == before and head[3] or int(sequence)
  if first then
    count = int(sequence)
    call('HSET', KEYS[1], 'v', '1', 'e', epoch, 'q', count)
  elseif sequence ~= before then
    call('HSET', KEYS[1], 'q', count)
  end
  return outcome .. ' ' .. epoch .. ' ' .. count .. ' ' .. now_text .. rest
end

-- The call: its kind, the fingerprint of what was reserved, the rest of the text.
local function known_call()
  local text = call('GET', KEYS[2])
  if not text then return nil end
  local kind, ends, rest = match(text, '^([HRS]) (%d+) (.*)$')
  if not kind then error('LCM-CORRUPT call') end
  if ends ~= '0' and tonumber(ends) <= now then return nil end
  if kind == 'S' then
    local remarks, reserved, settled = match(rest, '^(%d+) (%S+) (%S+)$')
    return kind, reserved, remarks, settled
  end
  return kind, match(rest, '^(%S+)(.*)$')
end

local function remember(text, life)
  call('SET', KEYS[2], text, 'PX', int(life))
end

-- Items of a call, with the places of their keys; or the accounts whose keys are missing.
local function items_of(text)
  local places, items, missing = {}, {}, nil
  for i = 1, COUNT do places[ARGV[3 + 7 * i]] = i end
  for i = 10 + 7 * COUNT, #ARGV do places[ARGV[i]] = i - 9 - 6 * COUNT end
  for account, hold, previous, spent in string.gmatch(text, '(%S+) (%S+) (%S+) (%S+)') do
    local window, amount, least = match(hold, '^(%S-):(%d+):(%d+)$')
    if not window then error('LCM-CORRUPT call') end
    local place = places[account]
    if not place then missing = (missing or 'need') .. ' ' .. account end
    items[#items + 1] = {
      account = account, place = place, hold = hold, window = window, amount = tonumber(amount), least = tonumber(least),
      previous = previous, spent = spent == '-' and 0 or tonumber(spent), held = spent == '-'
    }
  end
  return items, missing
end

local function sums_key(place) return KEYS[1 + 2 * place] end
local function holds_key(place) return KEYS[2 + 2 * place] end

-- The window of a period that is running: its name, end, start of the one before, when it is forgotten, buckets, length, start.
local function window_of(period)
  local kind = sub(period, 1, 1)
  if kind == 't' then return 't', '9223372036854775807', nil, nil, 0 end
  local a, b, c, d = match(period, '^.(%-?%d+):(%-?%d+):(%-?%d+):(%-?%d+)$')
  if kind == 'r' or kind == 'd' then -- length, buckets, start
    local length, buckets = tonumber(a), tonumber(b)
    local start = kind == 'd' and tonumber(c) or now - now % length
    local span = length * buckets
    return int(start), int(start + length), nil, start + length + span + (KEEP < span and KEEP or span), buckets, length, start
  end
  local start, stop = tonumber(b), tonumber(c)
  if kind == 'f' and now >= stop then -- previous, start, end, next end
    local next_stop = tonumber(d)
    if now >= next_stop then return nil end
    a, b, c, start, stop = b, c, d, stop, next_stop
  elseif kind == 'f' and now < start then
    return nil
  end
  local length = 2 * (stop - start)
  return b, c, a ~= b and a or nil, stop + (KEEP > length and KEEP or length), 0
end

-- Keys of an account live until an instant at least; those of one with a window that never ends live for ever.
local function live_until(sums, holds, at)
  if call('HEXISTS', sums, 'st') == 1 then return end
  local left, wanted = call('PTTL', sums), at - now + 60000
  if left > wanted then wanted = left end
  if wanted < 1 then wanted = 1 end -- a window that is long over; 0 and less would delete the keys with the holds in them
  call('PEXPIRE', sums, int(wanted))
  call('PEXPIRE', holds, int(wanted))
end

-- After the first use of a window.
local function opened(place, window, forget)
  local sums, holds, name = sums_key(place), holds_key(place), sub(ARGV[9 + 7 * place], 2)
  if name ~= '' then call('HSET', sums, 'n', name) end
  if forget then
    call('ZADD', holds, int(forget), 'w' .. window)
    live_until(sums, holds, forget)
  else
    call('PERSIST', sums)
    call('PERSIST', holds)
  end
end

-- Gives back what is due of an account, and forgets windows that are over.
local function give_back(sums, holds)
  local due = call('ZRANGEBYSCORE', holds, '-inf', now_text, 'LIMIT', '0', '16')
  local given = 0
  for i = 1, #due do
    local window, amount, least = match(due[i], ' (%S-):(%d+):(%d+)$')
    if window then
      if given < 8 then
        given = given + 1
        if least ~= '0' then call('HINCRBY', sums, 's' .. window, least) end
        if amount ~= '0' then call('HINCRBY', sums, 'h' .. window, '-' .. amount) end
        call('ZREM', holds, due[i])
        sequence = sequence + 1
      end
    else
      window = match(due[i], '^w(%S+)$')
      if not window then error('LCM-CORRUPT hold') end
      local held = call('HGET', sums, 'h' .. window)
      if held and held ~= '0' then
        call('ZADD', holds, int(now + 60000), due[i])
      else
        call('HDEL', sums, 's' .. window, 'h' .. window)
        call('ZREM', holds, due[i])
      end
    end
  end
end

local function total(values)
  local sum = 0
  for i = 1, #values do sum = sum + tonumber(values[i]) end
  if sum > EXACT or sum < -EXACT then return sum, concat(values, '+') end
  return sum, int(sum)
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
  return s, h, s_text, h_text, int((from or start) + length * (from and buckets + 1 or 1))
end

-- The limit of a charge with what the window before left, as a number; nil for none.
local function limit_of(sums, base, previous)
  local limit = tonumber(ARGV[base + 4])
  local most = ARGV[base + 5]
  if not limit or most == '0' or not previous or previous == '-' then return limit end
  local over = call('HMGET', sums, 's' .. previous, 'h' .. previous)
  local left = limit - number(over[1]) - number(over[2])
  if left <= 0 then return limit end
  most = tonumber(most)
  return limit + (left < most and left or most)
end

local function text_of(settled, held, limit, stop)
  return settled .. ':' .. held .. ':' .. (limit and int(limit) or '') .. ':' .. stop
end

-- What accounts of the charges have in the windows that are running; '-' where a window is over.
local function states()
  if ARGV[8] ~= '1' then return '' end
  local all = {}
  for i = 1, COUNT do
    local base, sums = 3 + 7 * i, sums_key(i)
    local window, stop, previous, _, buckets, length, start = window_of(ARGV[base + 1])
    if not window then
      all[i] = '-'
    elseif buckets > 0 then
      local _, _, settled, held, ends = rolling(sums, length, buckets, start)
      all[i] = text_of(settled, held, tonumber(ARGV[base + 4]), ends)
    else
      local has = call('HMGET', sums, 's' .. window, 'h' .. window)
      all[i] = text_of(has[1] or '0', has[2] or '0', limit_of(sums, base, previous), stop)
    end
  end
  return ' ' .. concat(all, ' ')
end

-- Sums of a window as numbers, when what is added still fits; how they are stored, or false.
local function sums_of(sums, window, added)
  local has = call('HMGET', sums, 's' .. window, 'h' .. window)
  local settled, held = number(has[1]), number(has[2])
  local sum = settled + held + added
  if sum > 4e18 or sum < -4e18 then error('LCM-RANGE') end
  return settled, held, has[1], has[2]
end

-- Changes sums of a window by what is added, which fits. The sums as they were, and whether the window is there.
local function change(sums, window, old_s, old_h, is_there, settled, held)
  local new_s, new_h = old_s + settled, old_h + held
  if new_s < EXACT and new_s > -EXACT and old_s < EXACT and old_s > -EXACT and new_h < EXACT and old_h < EXACT then
    if settled == 0 and is_there then
      call('HSET', sums, 'h' .. window, int(new_h))
    else
      call('HSET', sums, 's' .. window, int(new_s), 'h' .. window, int(new_h))
    end
  else
    call('HINCRBY', sums, 's' .. window, int(settled + 0))
    call('HINCRBY', sums, 'h' .. window, int(held + 0))
  end
end
