-- Records what was spent, and ends the hold. ARGV 2: the fingerprint of what was spent.
-- use begin
local known = call('GET', KEYS[2]) or 'H 0 -'
-- use known_call
if kind == 'S' then
  local remarks, settled_as = reserved, match(rest, ' (%S+)$')
  -- use states
  return answer(settled_as == ARGV[2] and '1' or '2', ' ' .. remarks .. states)
end
rest = rest or ''
-- use items
local unheld, entry = nil, FORM ~= '' and find(FORM, 'e') and ARGV[#ARGV]
if charged < COUNT then
  -- use window_of
  local by_place = {}
  for i = 1, #items do by_place[items[i].place] = true end
  unheld = {}
  for i = 1, COUNT do
    if not by_place[i] then
      local w = { window_of(ARGV[8 + WIDTH * (i - 1)]) }
      if not w[1] then return answer('3', ' 0') end
      w.place = i
      unheld[#unheld + 1] = w
    end
  end
end

-- Everything is looked at before anything is changed, but for what the first change looks at itself.
local is_reserved = kind and reserved ~= '-'
local is_late, above_hold, above_limit = kind == 'R', false, false
local found = {}
for i = 1, #items do
  local item = items[i]
  local place, window = item.place, item.window
  local sums, added = KEYS[1 + 2 * place], place <= COUNT and tonumber(ARGV[9 + WIDTH * (place - 1)]) or 0
  -- use sums_of
  found[i] = { actual = added, settled = settled, is_there = settled_text or held_text }
  if item.spent == '-' and (i > 1 or entry) then call('ZSCORE', KEYS[2 + 2 * place], 'x') end
  if added > tonumber(item.amount) then above_hold = true end
end
for i = 1, unheld and #unheld or 0 do
  local w = unheld[i]
  local sums, window, added = KEYS[1 + 2 * w.place], w[1], tonumber(ARGV[9 + WIDTH * (w.place - 1)])
  -- use sums_of
  w.settled, w.is_there = settled + added, settled_text
  call('ZSCORE', KEYS[2 + 2 * w.place], 'x')
  if is_reserved and added > 0 then above_hold = true end
end
if entry then call('XLEN', KEYS[#KEYS]) end
-- use count_change
if entry then call('XADD', KEYS[#KEYS], 'MAXLEN', '~', ENTRIES, '*', 'e', entry) end

for i = 1, #items do
  local item, has = items[i], found[i]
  local place, spent, settled = item.place, item.spent, nil
  local sums = KEYS[1 + 2 * place]
  local live = spent == '-' and call('ZREM', KEYS[2 + 2 * place], ARGV[1] .. ' ' .. item.hold) == 1
  if spent == '-' and not live then is_late, spent = true, item.least end
  if has.is_there then -- else the window is forgotten
    local added = has.actual
    if not live then added = added - spent end
    settled = has.settled + added
    call('HINCRBY', sums, 's' .. item.window, format('%.0f', added))
    if live and item.amount ~= '0' then call('HINCRBY', sums, 'h' .. item.window, '-' .. item.amount) end
  end
  if place <= COUNT then
    local window, previous = item.window, item.previous
    -- use is_above
  end
end
for i = 1, unheld and #unheld or 0 do
  local w = unheld[i]
  local place, window, previous, settled = w.place, w[1], w[3], w.settled
  call('HINCRBY', KEYS[1 + 2 * place], 's' .. window, ARGV[9 + WIDTH * (place - 1)])
  if not w.is_there then
    -- use opened
    opened(place, window, w[4])
  end
  -- use is_above
end

local remarks = (is_late and 1 or 0) + (is_reserved and 0 or 2) + (above_hold and 4 or 0) + (above_limit and 8 or 0)
call('SET', KEYS[2], 'S ' .. time[1] .. ' ' .. remarks .. ' ' .. (is_reserved and reserved or '-') .. ' ' .. ARGV[2], 'PX', RETENTION)
if FORM == '' then return answer('0', ' ' .. remarks) end
-- use states
return answer('0', ' ' .. remarks .. states)
