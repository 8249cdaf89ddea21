-- Holds amounts in several accounts, all or none. ARGV 5: the fingerprint of the charges, 6: how long the hold lives.
local kind, reserved = known_call()
if kind then
  if kind == 'R' or reserved == '-' then return answer('4', ' -1 -') end
  if reserved ~= ARGV[5] then return answer('3', ' -1 -') end
  return answer('2', ' -1 -' .. states())
end

local windows = {}
for i = 1, COUNT do
  local w = { window_of(ARGV[4 + 7 * i]) }
  if not w[1] then return answer('5', ' ' .. int(i - 1) .. ' -') end
  windows[i] = w
end

local observed = ''
for i = 1, COUNT do
  local base, sums, w = 3 + 7 * i, sums_key(i), windows[i]
  give_back(sums, holds_key(i))
  local amount = tonumber(ARGV[base + 2])
  local settled, held, settled_text, held_text = sums_of(sums, w[1], amount)
  w.amount, w.settled, w.held, w.is_there = amount, settled, held, settled_text
  if amount > 0 and ARGV[base + 4] ~= '' then
    local limit, stop = nil, w[2]
    if w[5] > 0 then
      limit = tonumber(ARGV[base + 4])
      settled, held, settled_text, held_text, stop = rolling(sums, w[6], w[5], w[7])
    else
      limit = limit_of(sums, base, w[3])
    end
    if settled < -EXACT or (settled < 0 and held > EXACT) then error('LCM-RANGE') end
    if settled + held + amount > limit then
      if sub(ARGV[base + 6], 1, 1) ~= '1' then
        local place = ' ' .. int(i - 1) .. ' ' .. (observed == '' and '-' or observed)
        return answer('1', place .. ' ' .. text_of(settled_text or '0', held_text or '0', limit, stop))
      end
      observed = observed .. int(i - 1) .. ','
    end
  end
end

local life = tonumber(ARGV[6])
local deadline = int(now + life)
local items = 'H 0 ' .. ARGV[5]
for i = 1, COUNT do
  local base, sums, holds, w = 3 + 7 * i, sums_key(i), holds_key(i), windows[i]
  local hold = w[1] .. ':' .. ARGV[base + 2] .. ':' .. ARGV[base + 3]
  change(sums, w[1], w.settled, w.held, w.is_there, 0, w.amount)
  call('ZADD', holds, deadline, ARGV[4] .. ' ' .. hold)
  if not w.is_there then opened(i, w[1], w[4]) end
  if w[4] and now + life > w[4] then live_until(sums, holds, now + life) end
  items = items .. ' ' .. ARGV[base] .. ' ' .. hold .. ' ' .. (w[3] or '-') .. ' -'
end
remember(items, life + tonumber(ARGV[2]) + KEEP)
sequence = sequence + 1
return answer('0', ' -1 ' .. (observed == '' and '-' or observed) .. states())
