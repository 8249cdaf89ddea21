-- Counts anew what an account holds, from its single holds, and lets its sums say the same when asked to. It stands alone: it needs no
-- clock, since whoever asks says the window.
--
-- KEYS  1 the head of the store, 2 the sums of the account, 3 its holds.
-- ARGV  1 the window, or nothing for a rolling one, 2 the start of the oldest bucket that counts of a rolling one, 3 '1' to repair.
--
-- The answer: epoch, sequence, what was spent, what is held, what the holds hold, how many windows hold something else, whether that was
-- mended. Sums are parts with '+' between, because a number of a script is exact only up to 2^53.
local call, format, find, match, sub = redis.call, string.format, string.find, string.match, string.sub
local floor, concat, tonumber = math.floor, table.concat, tonumber
local BILLION = 1000000000
local only, oldest, repairs = ARGV[1], tonumber(ARGV[2]), ARGV[3] == '1'

local head = call('HMGET', KEYS[1], 'v', 'e')
local counter = head[2] and 'q' .. head[2]
local sequence = counter and call('HGET', KEYS[1], counter)
if head[1] ~= '1' or not sequence then error('LCM-CORRUPT head') end

local function whole(text)
  if text ~= '0' and not find(text, '^%-?[1-9]%d*$') then error('LCM-CORRUPT sum') end
  return text
end

-- Sums in two parts, so that they are exact: billions, and what is less than one.
local function add(sums, window, amount)
  local sum = sums[window] or { 0, 0 }
  local high = floor(amount / BILLION)
  sum[1], sum[2] = sum[1] + high, sum[2] + (amount - high * BILLION)
  if sum[2] >= BILLION then sum[1], sum[2] = sum[1] + 1, sum[2] - BILLION end
  sums[window] = sum
end

local function text_of(sum)
  if not sum then return '0' end
  if sum[1] == 0 then return format('%.0f', sum[2]) end
  return format('%.0f%09.0f', sum[1], sum[2])
end

local held, all = {}, {}
local members = call('ZRANGEBYSCORE', KEYS[3], '-inf', '+inf')
for i = 1, #members do
  local window, amount = match(members[i], ' (%S-):(%d+):%d+$')
  if window and (only == '' or window == only) then
    add(held, window, tonumber(amount))
    add(all, 'sum', tonumber(amount))
  elseif not window and not find(members[i], '^w%S+$') then
    error('LCM-CORRUPT hold')
  end
end

local settled, counted, counted_parts = {}, {}, {}
local function see(kind, window, value)
  if kind == 'h' then
    counted[window] = whole(value)
    counted_parts[#counted_parts + 1] = value
  elseif only ~= '' or window ~= 't' and tonumber(whole(window)) >= oldest then
    settled[#settled + 1] = whole(value)
  end
end

if only ~= '' then
  local sums = call('HMGET', KEYS[2], 's' .. only, 'h' .. only)
  if sums[1] then see('s', only, sums[1]) end
  if sums[2] then see('h', only, sums[2]) end
else
  local fields = call('HGETALL', KEYS[2])
  for i = 1, #fields, 2 do
    local kind, window = match(fields[i], '^([sh])(%S+)$')
    if kind then see(kind, window, fields[i + 1]) end
  end
end

local wrong = {}
for window, value in pairs(counted) do
  if value ~= text_of(held[window]) then wrong[#wrong + 1] = window end
end
for window in pairs(held) do
  if not counted[window] and text_of(held[window]) ~= '0' then wrong[#wrong + 1] = window end
end
table.sort(wrong)

local mended = '0'
if repairs and #wrong > 0 then
  local is_there = call('EXISTS', KEYS[2]) == 1
  for i = 1, #wrong do
    local field, before, sum = 'h' .. wrong[i], counted[wrong[i]] or '0', held[wrong[i]] or { 0, 0 }
    if before ~= '0' then call('HINCRBY', KEYS[2], field, sub(before, 1, 1) == '-' and sub(before, 2) or '-' .. before) end
    if sum[1] ~= 0 then call('HINCRBY', KEYS[2], field, format('%.0f', sum[1]) .. '000000000') end
    call('HINCRBY', KEYS[2], field, format('%.0f', sum[2]))
  end
  local left = call('PTTL', KEYS[3])
  if not is_there and left > 0 then call('PEXPIRE', KEYS[2], format('%.0f', left)) end
  call('HINCRBY', KEYS[1], counter, '1')
  sequence, mended = call('HGET', KEYS[1], counter), '1'
end

local function sum_of(parts) return #parts == 0 and '0' or concat(parts, '+') end

return concat({
  head[2], sequence, sum_of(settled), sum_of(counted_parts), text_of(all.sum), format('%.0f', #wrong), mended
}, ' ')
