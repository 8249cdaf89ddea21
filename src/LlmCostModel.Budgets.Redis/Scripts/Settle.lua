-- Records what was spent, and ends the hold. ARGV 5: the fingerprint of what was spent, 6: how many entries are kept, 9: the entry.
local kind, reserved, rest, settled_as = known_call()
if kind == 'S' then
  return answer(settled_as == ARGV[5] and '1' or '2', ' ' .. rest .. states())
end

local items, missing = items_of(rest or '')
if missing then return missing end
local by_place = {}
for i = 1, #items do by_place[items[i].place] = items[i] end
local unheld = {}
for i = 1, COUNT do
  if not by_place[i] then
    local w = { window_of(ARGV[4 + 7 * i]) }
    if not w[1] then return answer('3', ' 0') end
    w.place = i
    unheld[#unheld + 1] = w
  end
end

-- Everything is looked at before anything is changed.
local is_reserved = kind ~= nil and reserved ~= '-'
local remarks_late, above_hold, above_limit = kind == 'R', false, false
for i = 1, #items do
  local item = items[i]
  local sums, base = sums_key(item.place), 3 + 7 * item.place
  item.actual = item.place <= COUNT and tonumber(ARGV[base + 2]) or 0
  item.has = call('HMGET', sums, 's' .. item.window, 'h' .. item.window)
  check_room(item.has, item.actual)
  if item.held and (#items > 1 or ARGV[9] ~= '') then call('ZSCORE', holds_key(item.place), 'x') end
  if item.place <= COUNT and item.actual > item.amount then above_hold = true end
end
for i = 1, #unheld do
  local w = unheld[i]
  local sums, amount = sums_key(w.place), tonumber(ARGV[5 + 7 * w.place])
  w.has = call('HMGET', sums, 's' .. w[1], 'h' .. w[1])
  w.amount = amount
  check_room(w.has, amount)
  call('ZSCORE', holds_key(w.place), 'x')
  if is_reserved and amount > 0 then above_hold = true end
end
if ARGV[9] ~= '' then
  local log = KEYS[#KEYS]
  call('XLEN', log)
  call('XADD', log, 'MAXLEN', '~', ARGV[6], '*', 'e', ARGV[9])
end

local function is_above(place, window, previous)
  local base, sums = 3 + 7 * place, sums_key(place)
  if ARGV[base + 4] == '' then return false end
  local running, _, _, _, buckets, length, start = window_of(ARGV[base + 1])
  if running and buckets > 0 then
    return (rolling(sums, length, buckets, start)) > tonumber(ARGV[base + 4])
  end
  local period_previous, period_start = match(ARGV[base + 1], '^.(%-?%d+):(%-?%d+)')
  if period_start == window then previous = period_previous ~= window and period_previous or nil end
  local settled = call('HGET', sums, 's' .. window)
  return settled and number(settled) > limit_of(sums, base, previous)
end

for i = 1, #items do
  local item = items[i]
  local sums = sums_key(item.place)
  local live = item.held and call('ZREM', holds_key(item.place), ARGV[4] .. ' ' .. item.hold) == 1
  if item.held and not live then
    remarks_late = true
    item.spent = item.least
  end
  if item.has[1] or item.has[2] then -- else the window is forgotten
    change(sums, item.window, item.has, item.actual - item.spent, live and -item.amount or 0)
  end
  if item.place <= COUNT and is_above(item.place, item.window, item.previous) then above_limit = true end
end
for i = 1, #unheld do
  local w = unheld[i]
  local sums, holds = sums_key(w.place), holds_key(w.place)
  change(sums, w[1], w.has, w.amount, 0)
  if not w.has[1] then opened(sums, holds, w[1], w[4]) end
  if is_above(w.place, w[1], w[3]) then above_limit = true end
end

local remarks = (remarks_late and 1 or 0) + (is_reserved and 0 or 2) + (above_hold and 4 or 0) + (above_limit and 8 or 0)
local life = tonumber(ARGV[2])
remember('S ' .. int(now + life) .. ' ' .. remarks .. ' ' .. (is_reserved and reserved or '-') .. ' ' .. ARGV[5], life)
sequence = sequence + 1
return answer('0', ' ' .. remarks .. states())
